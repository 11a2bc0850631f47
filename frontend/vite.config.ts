import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;

/** Writes the shapes of the icons named in icons.txt; templates show them inline, without a request. */
function icons(): Plugin {
  return {
    name: "yinuo-icons",
    generateBundle() {
      const shapes: Record<string, string> = {};
      for (const name of readFileSync(resolve(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean)) {
        const svg = readFileSync(resolve(here, `node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
        shapes[name] = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
      }
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(shapes) });
    },
  };
}

/** Puts compressed copies beside the texts, so that the server never compresses while answering. They are
 * made of what was written: other plugins finish a script after the bundle is known. */
function compressed(): Plugin {
  return {
    name: "yinuo-compressed",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css|svg)$/.test(one))) {
        const content = readFileSync(resolve(dir, name));
        writeFileSync(resolve(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(resolve(dir, `${name}.br`), brotliCompressSync(content));
      }
    },
  };
}

// One entry per surface; the template tag {% entry "console" %} reads the manifest.
export default defineConfig({
  root: here,
  base: "/static/",
  plugins: [icons(), compressed()],
  build: {
    outDir: resolve(here, "../src/yinuo/surfaces/assets/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // What the styles need: light-dark() and relative colours.
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        console: resolve(here, "src/console/main.ts"),
        portal: resolve(here, "src/portal/main.ts"),
        public: resolve(here, "src/public/main.ts"),
        field: resolve(here, "src/field/main.ts"),
        // The service worker shares nothing with the app, so that it stays one file.
        "field-worker": resolve(here, "src/field/sw.ts"),
      },
    },
  },
});
