// SPDX-License-Identifier: Apache-2.0
// Inside the world door: what is waited for, and the one place that waits for it.
#ifndef PHIAL_WORLD_NEWS_H
#define PHIAL_WORLD_NEWS_H

#include "world.h"

struct news;

struct news *news_new(void);
void news_free(struct news *n);
struct news *world_news(struct world *w);
// Waits for at most `ns` (UINT64_MAX: for ever) and tells what came; true if something did.
bool news_wait(struct news *n, uint64_t ns, world_told *told, void *ctx);

#endif
