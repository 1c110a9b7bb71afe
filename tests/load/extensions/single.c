/* An extension module of the old kind: one function makes it, fills it and hands it over (single-phase). */
#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *arguments) { return PyLong_FromLong(42); }

static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, "Give a number."}, {NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "single", "Made at once.", -1, methods};

PyMODINIT_FUNC PyInit_single(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && PyModule_AddIntConstant(module, "number", 7) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
