/* An extension module of the new kind (multi-phase): made by the interpreter, filled when it is run. */
#include <Python.h>

static int fill(PyObject *module)
{
    PyObject *name = PyObject_GetAttrString(module, "__name__");
    int done = name == NULL ? -1 : PyModule_AddObjectRef(module, "named", name);
    Py_XDECREF(name);
    return done < 0 ? -1 : PyModule_AddIntConstant(module, "number", 8);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "multi", "Filled later.", 0, NULL, slots};

PyMODINIT_FUNC PyInit_multi(void) { return PyModuleDef_Init(&definition); }
