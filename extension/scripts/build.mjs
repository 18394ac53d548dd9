/**
 * `npm run build`: bundles the extension for both browsers into dist/ and packs the archives that the server offers;
 * and the scripts of the server's own pages: the reader, which is the same overlay and panel, the ways and the letter.
 * `--dev` keeps names and adds source maps; `--no-zip` leaves the archives as they are.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BROWSERS, manifest } from "./manifest.mjs";
import { LANGUAGES, mergedMessages, webMessages } from "./messages.mjs";
import { zip } from "./zip.mjs";

const extension = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(extension, "src");
const downloads = join(extension, "..", "server", "clauselight", "web", "downloads");
const dev = process.argv.includes("--dev");
const pack = !process.argv.includes("--no-zip");

/** Extension pages: src/<name>/main.tsx, <name>.css and <name>.html become dist/<name>.{js,css,html}. */
const PAGES = ["popup", "panel", "options", "onboarding", "letter", "cases"];
const TARGET = ["chrome120", "firefox128"];

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "inline" : false,
  target: TARGET,
  logLevel: "warning",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
};

/** `import css from "./card.css"` in code: the bundled style sheet as a text, for adoptedStyleSheets. */
const inlineCss = {
  name: "inline-css",
  setup(plugin) {
    plugin.onResolve({ filter: /\.css$/ }, ({ path, resolveDir, kind }) =>
      kind === "import-statement" ? { path: join(resolveDir, path), namespace: "inline-css" } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: "inline-css" }, async ({ path }) => {
      const result = await build({
        entryPoints: [path],
        bundle: true,
        minify: !dev,
        target: TARGET,
        write: false,
        logLevel: "warning",
      });
      return { contents: result.outputFiles[0].text, loader: "text" };
    });
  },
};

/** The scripts of the server's own pages: the extension's parts with a page's means in place of an extension's. */
async function bundleWeb([name, { entry, texts, format = "iife" }]) {
  const web = join(source, "web");
  const inPage = {
    name: "in-page",
    setup(plugin) {
      plugin.onResolve({ filter: /(^|\/)api$/ }, ({ path, resolveDir }) =>
        join(resolveDir, path) === join(source, "platform", "api") ? { path: join(web, "api.ts") } : undefined,
      );
      plugin.onResolve({ filter: /^virtual:messages$/ }, () => ({ path: "messages", namespace: "messages" }));
      plugin.onLoad({ filter: /.*/, namespace: "messages" }, () => ({ contents: JSON.stringify(webMessages("en", texts)), loader: "json" }));
    },
  };
  await build({
    ...common,
    entryPoints: [join(web, entry)],
    outfile: join(extension, "..", "server", "clauselight", "web", "static", `${name}.js`),
    format,
    plugins: [inPage, inlineCss],
  });
}

/** By the file's name in `static/`: where it starts, and the areas of the catalogue that it shows. */
const WEB = {
  reader: { entry: "main.tsx", texts: /^(ui|overlay|panel|dispute|actions|trouble|manifest_name)(_|$)/ },
  ways: { entry: "ways.tsx", texts: /^(ui|actions)_/ },
  letter: { entry: "letter.tsx", texts: /^(ui|actions|letters)_/ },
  // Loaded by the reader for those who may change labels; it draws the cards in it.
  curation: { entry: "curation/main.tsx", texts: /^(curate_|ui_severity_|ui_basis_|ui_confidence_)/, format: "esm" },
};

/** Code and style are the same for both browsers: built once, then copied. */
async function bundle(folder) {
  const scripts = { background: "background/main.ts", overlay: "overlay/main.ts", reader: "analyse/reader.ts" };
  for (const page of PAGES) scripts[page] = `${page}/main.tsx`;
  const entryPoints = Object.entries(scripts).map(([out, path]) => ({ out, in: join(source, path) }));
  const styles = PAGES.map((page) => ({ out: page, in: join(source, page, `${page}.css`) }));
  await build({ ...common, entryPoints, outdir: folder, format: "iife", plugins: [inlineCss] });
  await build({ ...common, entryPoints: styles, outdir: folder });
  for (const page of PAGES) cpSync(join(source, page, `${page}.html`), join(folder, `${page}.html`));
  const icons = join(extension, "icons");
  mkdirSync(join(folder, "icons"), { recursive: true });
  for (const name of readdirSync(icons)) {
    if (/\.(png|svg)$/.test(name)) cpSync(join(icons, name), join(folder, "icons", name));
  }
  for (const language of LANGUAGES) {
    mkdirSync(join(folder, "_locales", language), { recursive: true });
    // Curation is a matter of the server's own pages.
    const shown = Object.entries(mergedMessages(language)).filter(([key]) => !key.startsWith("curate_"));
    writeJson(join(folder, "_locales", language, "messages.json"), Object.fromEntries(shown));
  }
}

function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2) + "\n");
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]);
}

const dist = join(extension, "dist");
const [first, ...others] = BROWSERS.map((browser) => join(dist, browser));
for (const folder of [first, ...others]) rmSync(folder, { recursive: true, force: true });
await bundle(first);
for (const folder of others) cpSync(first, folder, { recursive: true });

for (const script of Object.entries(WEB)) await bundleWeb(script);

for (const browser of BROWSERS) {
  const folder = join(dist, browser);
  writeJson(join(folder, "manifest.json"), manifest(browser));
  if (!pack) continue;
  mkdirSync(downloads, { recursive: true });
  writeFileSync(join(downloads, `clauselight-extension-${browser}.zip`), zip(filesBelow(folder)));
}
console.log(`Built ${BROWSERS.map((browser) => `extension/dist/${browser}`).join(" and ")}${dev ? " (development)" : ""}`);
