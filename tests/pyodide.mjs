/* Runs pytest on CPython in WebAssembly: node tests/pyodide.mjs PACKAGES ARGUMENT ...

PACKAGES is a folder with the wheel, its dependencies, pytest and hypothesis. The arguments are those of pytest. */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "../docs/_build/pyodide/node_modules/pyodide/pyodide.mjs";

const [packages, ...options] = process.argv.slice(2);
const python = await loadPyodide();
python.mountNodeFS("/project", dirname(dirname(fileURLToPath(import.meta.url))));
python.mountNodeFS("/packages", packages);
python.globals.set("options", options);
process.exit(
  python.runPython(`
import os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/packages")
os.chdir("/project")
import pytest
print(sys.version)
int(pytest.main(["-p", "no:cacheprovider", *options]))
`),
);
