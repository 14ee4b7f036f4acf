// SPDX-License-Identifier: Apache-2.0
#ifndef PHIAL_VERSION_H
#define PHIAL_VERSION_H
#define PHIAL_VERSION "0.1.0"
#define PHIAL_ELIXIR_VERSION "1.14.0"   // the release whose behaviour is the measure
#endif
