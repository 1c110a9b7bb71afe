/* An extension module with what its version has: slots for interpreters and threads, exported slots (3.15). */
#include <Python.h>

static int fill(PyObject *module)
{
    return PyModule_AddIntConstant(module, "version", PY_VERSION_HEX >> 16);
}

#if PY_VERSION_HEX >= 0x030F0000
PyABIInfo_VAR(built_for);

static PySlot slots[] = {
    PySlot_DATA(Py_mod_abi, &built_for),
    PySlot_DATA(Py_mod_name, "slots"),
    PySlot_DATA(Py_mod_doc, "Exported as slots."),
    PySlot_FUNC(Py_mod_exec, fill),
    PySlot_DATA(Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED),
    PySlot_DATA(Py_mod_gil, Py_MOD_GIL_NOT_USED),
    PySlot_END,
};

PyMODEXPORT_FUNC PyModExport_slots(void) { return slots; }
#else
static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "slots", "Filled later.", 0, NULL, slots};

PyMODINIT_FUNC PyInit_slots(void) { return PyModuleDef_Init(&definition); }
#endif
