/* An extension module whose code raises while it is run. */
#include <Python.h>

static int fill(PyObject *module)
{
    PyErr_SetString(PyExc_ValueError, "no such luck");
    return -1;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "fails", NULL, 0, NULL, slots};

PyMODINIT_FUNC PyInit_fails(void) { return PyModuleDef_Init(&definition); }
