// The same orders, aggregation and quintiles in SQL; prints the seconds of each round. node duckdb.mjs CUSTOMERS ROUNDS
import { DuckDBInstance } from "@duckdb/node-api";

const [customers, rounds] = process.argv.slice(2).map(Number);
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const duck = await instance.connect();
await duck.run(`
  CREATE TABLE orders AS
  SELECT (i * 7919 % ${customers})::INTEGER AS customer, i * 104729 % ${720 * 86400} AS placed, (500 + i * 31337 % 20000)::INTEGER AS cents
  FROM range(${customers * 10}) t(i)`);
const seconds = [];
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  await duck.runAndReadAll(`
    WITH added AS (
      SELECT customer, count(*) AS n, sum(cents) AS spend, max(placed) AS last FROM orders GROUP BY customer),
    scored AS (
      SELECT ntile(5) OVER (ORDER BY last) AS r, ntile(5) OVER (ORDER BY n) AS f, ntile(5) OVER (ORDER BY spend) AS m FROM added)
    SELECT CASE WHEN r = 5 AND f >= 4 AND m >= 4 THEN 'best' WHEN r >= 4 AND f <= 2 THEN 'promising'
                WHEN r <= 2 AND m >= 4 THEN 'missed' WHEN r = 1 THEN 'lost' ELSE 'others' END AS segment, count(*) AS customers
    FROM scored GROUP BY segment`);
  seconds.push((performance.now() - start) / 1000);
}
console.log(seconds.join(" "));
