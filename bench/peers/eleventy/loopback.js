// The preview of Eleventy listens to the whole net; here only to this machine.
const { Server } = require("node:net")

const listen = Server.prototype.listen
Server.prototype.listen = function (options, ...rest) {
  return listen.call(this, options?.port && !options.host ? { ...options, host: "127.0.0.1" } : options, ...rest)
}
