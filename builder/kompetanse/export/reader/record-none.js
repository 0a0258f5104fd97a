// A course that is read without a system around it: nothing is kept, nothing is sent.

import { start } from "./course.js"

start({ open: async () => ({ state: "", best: null, mode: "offline" }), save: () => true })
