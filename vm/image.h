// SPDX-License-Identifier: Apache-2.0
// The image: the compiled standard library as one block of bytes inside the program. Modules are read when first used (law 8).
//
//   "PHIALIMG" | count:u32 | per module: name_len:u32 name offset:u32 docs:u32 | bodies
//   body: atom table, then the object's arrays, terms in a tagged prefix form whose atoms are indices into that table.
//   Docs stand apart with an atom table of their own: reading them costs only who asks.
#ifndef PHIAL_IMAGE_H
#define PHIAL_IMAGE_H

#include "object.h"

struct image;
struct image *image_open(const uint8_t *bytes, size_t len);        // keeps the bytes; NULL: not an image (or empty)
void image_close(struct image *i);
uint64_t image_id(const struct image *i);                           // of its contents
struct object *image_find(struct image *i, struct vm *vm, term module);     // NULL: not in it
term image_docs(struct image *i, struct vm *vm, struct heap *h, term module);   // nil: none
term image_modules(struct image *i, struct vm *vm, struct heap *h);         // list of names

struct image_writer;
struct image_writer *image_writer_new(void);
void image_writer_add(struct image_writer *w, struct vm *vm, const struct object *o);
bool image_writer_save(struct image_writer *w, const char *path);

// One module as the bytes of a file: an IFF form as Erlang's, with one chunk "Phil": format number, checksum, body, docs.
uint8_t *object_to_bytes(struct vm *vm, const struct object *o, size_t *len);            // malloc'ed; NULL: a literal that only this run has
struct object *object_from_bytes(struct vm *vm, const uint8_t *bytes, size_t len);       // NULL: not such bytes, of another Phial, or not valid code
#endif
