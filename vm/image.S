// SPDX-License-Identifier: Apache-2.0
//
// Puts the compiled standard library, the file that the Makefile passes as PHIAL_IMAGE, between the symbols
// phial_image_start and phial_image_end. phial-boot, which makes that file, is linked with nothing between them.

        .section .rodata
        .balign 64
        .global phial_image_start
        .global phial_image_end
phial_image_start:
#ifdef PHIAL_IMAGE
        .incbin PHIAL_IMAGE
#endif
phial_image_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
