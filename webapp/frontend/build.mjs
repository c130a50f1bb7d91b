// Builds src/ to ../static/dist: bundled, minified, named by content, compressed, with the licences of what came from
// others. Two builds of the same sources give the same bytes.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { buildSync } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "static", "dist");
const source = (name) => join(here, "src", name);

function script(name) {
  const { outputFiles } = buildSync({
    absWorkingDir: here,
    entryPoints: [source(name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].contents;
}

function style(name) {
  const { css } = compile(source(name), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  return Buffer.from(css);
}

/** What is shipped from others: every package of the lock file that is not for building alone. */
function shipped() {
  const { packages } = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  return Object.keys(packages).filter((path) => path && !packages[path].dev && !path.includes("@types/")).sort();
}

function licence(path) {
  const folder = join(here, path);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "its authors");
  const said = text ? readFileSync(join(folder, text), "utf8").trim() : `Copyright (c) ${author}\n\n${terms(about)}`;
  return `${about.name} ${about.version} (${about.license})\n${"-".repeat(60)}\n${said}\n`;
}

/** The terms of a package that names its licence and leaves out the text. */
function terms(about) {
  if (about.license !== "MIT") throw new Error(`${about.name}: licence ${about.license} without its text`);
  return readFileSync(source("mit.txt"), "utf8").trim();
}

function licences() {
  const head = "The styles and scripts of this folder contain code of these packages, under these licences.\n";
  return Buffer.from([head, ...shipped().map(licence)].join("\n\n"));
}

function named(name, content) {
  const mark = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return name.replace(/(\.\w+)$/, `.${mark}$1`);
}

function write(name, content) {
  const file = named(name, content);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(join(target, file), content);
  writeFileSync(join(target, `${file}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(target, `${file}.br`), brotliCompressSync(content, { params: quality }));
  return file;
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const built = {
  "favicon.svg": write("favicon.svg", readFileSync(source("favicon.svg"))),
  "query.css": write("query.css", style("query.scss")),
  "query.js": write("query.js", script("query.js")),
  "site.css": write("site.css", style("site.scss")),
  "site.js": write("site.js", script("site.js")),
  "third-party-licences.txt": write("third-party-licences.txt", licences()),
};
writeFileSync(join(target, "manifest.json"), `${JSON.stringify(built, null, 2)}\n`);
