/* An extension module of the old kind that cannot be made. */
#include <Python.h>

PyMODINIT_FUNC PyInit_fails_at_once(void)
{
    PyErr_SetString(PyExc_RuntimeError, "cannot be made");
    return NULL;
}
