/* An extension module that imports, in each of the ways that C code has for it. */
#include <Python.h>

static int keep(PyObject *module, const char *name, PyObject *value)
{
    int done = value == NULL ? -1 : PyModule_AddObjectRef(module, name, value);
    Py_XDECREF(value);
    return done;
}

/* As Cython does it for ``from pkg import by_level``. */
static PyObject *from_pkg(void)
{
    PyObject *items = Py_BuildValue("(s)", "by_level");
    PyObject *package = items == NULL ? NULL : PyImport_ImportModuleLevel("pkg", NULL, NULL, items, 0);
    PyObject *module = package == NULL ? NULL : PyObject_GetAttrString(package, "by_level");
    Py_XDECREF(package);
    Py_XDECREF(items);
    return module;
}

static int fill(PyObject *module)
{
    PyObject *added;
    if (keep(module, "by_name", PyImport_ImportModule("pkg.by_name")) < 0
        || keep(module, "again", PyImport_ImportModule("pkg.by_name")) < 0
        || keep(module, "by_level", from_pkg()) < 0
        || keep(module, "library", PyImport_ImportModule("colorsys")) < 0) {
        return -1;
    }
    added = PyImport_AddModule("importing_added"); /* borrowed */
    if (added == NULL || PyModule_AddIntConstant(added, "number", 9) < 0) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "added", added);
}

static PyObject *later(PyObject *self, PyObject *name)
{
    return PyImport_Import(name);
}

static PyMethodDef methods[] = {{"later", later, METH_O, "Import by name."}, {NULL}};

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "importing", NULL, 0, methods, slots};

PyMODINIT_FUNC PyInit_importing(void) { return PyModuleDef_Init(&definition); }
