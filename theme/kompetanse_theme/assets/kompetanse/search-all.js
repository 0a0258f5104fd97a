// All of the search, as one script that a page fetches when its reader turns to it. kompetanse/indexing.py puts it together.

import { mount } from "./search-box.js"
import { mountPage } from "./search-page.js"
import { sourceOf } from "./search-source.js"

export { mount, mountPage, sourceOf }
