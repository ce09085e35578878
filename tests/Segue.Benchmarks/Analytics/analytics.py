#!/usr/bin/env python3
"""Clustering and fitting beside scikit-learn and lifetimes: both sides in turn on the same data, medians of the rounds.

Needs numpy, pandas, scikit-learn and lifetimes (https://github.com/CamDavidsonPilon/lifetimes) where Python finds them.

    dotnet build -c Release tests/Segue.Benchmarks
    python3 tests/Segue.Benchmarks/Analytics/analytics.py cdnow.csv [ROUNDS]
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter
from lifetimes.utils import summary_data_from_transaction_data
from sklearn.cluster import KMeans

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(HERE, "bin", "Release", "net10.0", "Segue.Benchmarks")
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
COUNT, DIMENSIONS, K, STARTS = 1_000_000, 4, 6, 3


def ours(*words):
    seconds, *found = subprocess.run([PROGRAM, *map(str, words)], check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), [float(f) for f in found]


def customers():
    """Recency, frequency, money and engagement of a shop's customers: overlapping groups, long tails, scaled."""
    random = np.random.RandomState(11)
    group = random.choice(5, COUNT, p=[0.45, 0.25, 0.15, 0.1, 0.05])
    centre = random.normal(0, 2, (5, DIMENSIONS))
    points = centre[group] + random.gamma(2, 0.5, (COUNT, DIMENSIONS))
    return (points - points.mean(0)) / points.std(0)


def report(name, other, ratios, ours_seconds, their_seconds, remark):
    print(f"{name}: {statistics.median(ours_seconds):.3f} s beside {other}'s {statistics.median(their_seconds):.3f} s, "
          f"ratio {statistics.median(ratios):.3f} (from {min(ratios):.3f} to {max(ratios):.3f} in {len(ratios)} rounds); {remark}")


def clusters(folder):
    points = customers()
    file = os.path.join(folder, "points")
    points.T.copy().tofile(file)
    mine, theirs, inertias = [], [], []
    for seed in range(ROUNDS):
        seconds, (inertia,) = ours("kmeans", file, DIMENSIONS, K, STARTS)
        start = time.perf_counter()
        fit = KMeans(n_clusters=K, n_init=STARTS, random_state=seed, algorithm="lloyd").fit(points)
        theirs.append(time.perf_counter() - start)
        mine.append(seconds)
        inertias.append(inertia / fit.inertia_)
    report(f"k-means of {COUNT:,} points, {DIMENSIONS} dimensions, k = {K}, {STARTS} starts", "scikit-learn",
           [m / t for m, t in zip(mine, theirs)], mine, theirs, f"inertia {max(inertias):.6f} of theirs at most")


def lifetimes(folder, cdnow):
    orders = pd.read_csv(cdnow, dtype={"customer_id": str})
    orders["date"] = pd.to_datetime(orders["date"], format="%Y%m%d")
    known = summary_data_from_transaction_data(orders, "customer_id", "date", observation_period_end="1997-09-30")
    x, last, observed = known["frequency"], known["recency"] / 7, known["T"] / 7
    file = os.path.join(folder, "customers")
    np.savetxt(file, np.column_stack([x, last, observed]), fmt="%.17g", delimiter=",")
    mine, theirs = [], []
    BetaGeoFitter().fit(x, last, observed)
    for _ in range(ROUNDS):
        seconds, found = ours("bgnbd", file)
        start = time.perf_counter()
        fit = BetaGeoFitter().fit(x, last, observed)
        theirs.append(time.perf_counter() - start)
        mine.append(seconds)
    report(f"BG/NBD of {len(known):,} customers", "lifetimes", [m / t for m, t in zip(mine, theirs)], mine, theirs,
           f"r, alpha, a, b {found[:4]} beside {[round(float(p), 4) for p in fit.params_]}")


with tempfile.TemporaryDirectory() as scratch:
    clusters(scratch)
    lifetimes(scratch, sys.argv[1])
