export const courseState = () => ({ state: "none", done: 0, total: 0 })
