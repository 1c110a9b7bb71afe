/* An extension module that puts a module of its own in the place of one that was there. */
#include <Python.h>

static int fill(PyObject *module)
{
    PyObject *other = PyModule_New("colorsys");
    int done = other == NULL ? -1 : PyModule_AddIntConstant(other, "number", 7);
    if (done == 0) {
        done = PyDict_SetItemString(PyImport_GetModuleDict(), "colorsys", other);
    }
    Py_XDECREF(other);
    return done;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "replacing", NULL, 0, NULL, slots};

PyMODINIT_FUNC PyInit_replacing(void) { return PyModuleDef_Init(&definition); }
