/* Builds the web files of the package: node build.mjs OUT. tools/web.py runs this script after `npm ci`. */

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const OUT = process.argv[2];
const LAND = "world-atlas/land-110m.json";

/** The package folder of a file; nothing for our own files. */
const packageOf = (path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];

/** The licence of a package, under its name and version. */
const licenceOf = async (folder) => {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf-8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? (await readFile(join(folder, file), "utf-8")).trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}`;
};

const options = { bundle: true, charset: "utf8", minify: true, write: false, metafile: true, legalComments: "none" };
const packages = new Set([`node_modules/${dirname(LAND)}`]);

await mkdir(OUT, { recursive: true });
for (const name of ["catalogue", "map", "propose"]) {
  const script = await build({ ...options, entryPoints: [`${name}/main.js`], format: "iife", target: "es2022" });
  const style = await build({ ...options, entryPoints: [`${name}/${name}.css`] });
  const used = new Set(Object.keys(script.metafile.inputs).map(packageOf).filter(Boolean));
  used.forEach((each) => packages.add(each));
  const licences = await Promise.all([...used].sort().map(licenceOf));
  const holds = licences.length ? ` It holds:\n\n${licences.join("\n\n")}\n` : " ";
  const notice = `/*! friendcities (MIT).${holds}*/\n`;
  await writeFile(join(OUT, `${name}.js`), notice + script.outputFiles[0].text);
  await writeFile(join(OUT, `${name}.css`), style.outputFiles[0].text);
}
await copyFile(join("node_modules", LAND), join(OUT, "land.json"));
const licences = await Promise.all([...packages].sort().map(licenceOf));
const land = "The outlines of land in land.json and map.js are Natural Earth's, which are in the public domain.";
await writeFile(join(OUT, "LICENCES.txt"), `${land}\n\n${licences.join("\n\n---\n\n")}\n`);
