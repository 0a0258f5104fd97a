// What a page runs that was opened from a folder on disk, where browsers load no modules: header and search, as one script.

import { mountSearch } from "./header.js"
import { mountPage } from "./search-page.js"

/** What has started, each part by itself. */
export const started = [mountSearch, mountPage]
