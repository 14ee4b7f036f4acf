// SPDX-License-Identifier: Apache-2.0
// The code path: directories with compiled modules, one file `NAME.beam` each (image.h), looked through in order for a module that is not loaded.
#ifndef PHIAL_CODE_PATH_H
#define PHIAL_CODE_PATH_H

#include "object.h"

struct code_path;
bool code_path_remove(struct vm *vm, const char *directory);
struct object *code_path_find(struct vm *vm, term module);               // NULL: in none of them
char *code_path_file(struct vm *vm, term module);                        // its file, malloc'ed; NULL
void code_path_free(struct vm *vm);
#endif
