/* Python in a worker: the page stays usable while code runs. */

import { loadPyodide } from "../python/pyodide.mjs";

/** Runs code as a prompt does: the value of an expression is printed. */
const RUN = `
import ast, contextlib, io, traceback
import friendcities as fc

values = {"fc": fc, "__name__": "__main__"}

def run(code):
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            for statement in ast.parse(code).body:
                exec(compile(ast.Interactive([statement]), "<question>", "single"), values)
        except BaseException as error:
            output.writelines(traceback.format_exception_only(error))
    return output.getvalue()

run
`;

try {
  const python = await loadPyodide();
  const packages = await fetch(new URL("../python/packages.zip", import.meta.url));
  python.unpackArchive(await packages.arrayBuffer(), "zip", { extractDir: "/packages" });
  python.runPython("import sys; sys.path.insert(0, '/packages')");
  const run = python.runPython(RUN);
  self.onmessage = ({ data: { cell, code } }) => self.postMessage({ cell, output: run(code) });
  self.postMessage({ ready: python.runPython("sys.version.split()[0]") });
} catch (error) {
  self.postMessage({ failed: String(error.message ?? error) });
}
