// Bundles the page into the folder given by --out: app.js, app.css, and both compressed, so that no host compresses at run time.
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = process.argv[process.argv.indexOf('--out') + 1] ?? 'dist';
await mkdir(out, { recursive: true });
await build({
  entryPoints: { app: 'src/main.tsx' },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  legalComments: 'none',
  logLevel: 'warning',
});

for (const name of ['app.js', 'app.css']) {
  const content = await readFile(join(out, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(join(out, `${name}.br`), brotliCompressSync(content, quality));
  await writeFile(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
}
