#!/usr/bin/env python3
"""Makes the fixtures that Segue's own clustering is compared with, from scikit-learn (Debian: python3-sklearn).

iris.csv           R. A. Fisher's iris measurements as scikit-learn ships them (UCI Machine Learning Repository, CC BY 4.0)
shape-*.csv        points of a shape, DBSCAN's label of each and PCA's two coordinates
shapes.json        the parameters used, DBSCAN's and PCA's other results
Run it in this folder; the same version of scikit-learn makes the same files."""
import json

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.cluster import DBSCAN
from sklearn.decomposition import PCA

rng = np.random.RandomState(7)
np.savetxt("iris.csv", datasets.load_iris().data, fmt="%.1f", delimiter=",")

two_rings, _ = datasets.make_circles(n_samples=400, factor=0.5, noise=0.04, random_state=3)
moons, _ = datasets.make_moons(n_samples=400, noise=0.06, random_state=4)
blobs, _ = datasets.make_blobs(n_samples=300, centers=4, n_features=4, cluster_std=0.7, random_state=5)
noise = rng.uniform(-3, 3, (250, 3))
some = rng.normal(0, 1, (40, 2)).round(1)
duplicates = np.vstack([some, some, some, rng.normal(5, 0.3, (60, 2)).round(1)])
stretched = blobs[:, :2] @ np.array([[3.0, 1.0], [0.2, 0.4]])

shapes = {
    "rings": (two_rings, 0.12, 5),
    "moons": (moons, 0.15, 6),
    "blobs": (blobs, 1.2, 5),
    "noise": (noise, 0.7, 5),
    "duplicates": (duplicates, 0.3, 4),
    "stretched": (stretched, 1.0, 8),
}

facts = {"scikit-learn": sklearn.__version__, "shapes": {}}
for name, (points, radius, minimum) in shapes.items():
    points = points.round(6)
    labels = DBSCAN(eps=radius, min_samples=minimum).fit(points).labels_
    pca = PCA(n_components=2).fit(points)
    np.savetxt(f"shape-{name}.csv", np.column_stack([points, labels, pca.transform(points)]), fmt="%.9g", delimiter=",")
    facts["shapes"][name] = {
        "dimensions": points.shape[1], "radius": radius, "minimum": minimum, "clusters": int(labels.max() + 1),
        "noise": int((labels == -1).sum()), "variances": pca.explained_variance_.tolist(),
        "shares": pca.explained_variance_ratio_.tolist(),
    }

with open("shapes.json", "w", encoding="utf-8") as file:
    json.dump(facts, file, indent=2)
    file.write("\n")
