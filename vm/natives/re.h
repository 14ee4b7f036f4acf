// SPDX-License-Identifier: Apache-2.0
// Compiled regular expressions of one VM: a bounded cache, owned by struct vm and touched by re.c alone.
#ifndef PHIAL_RE_H
#define PHIAL_RE_H

struct vm;
void re_cache_free(struct vm *vm);

#endif
