// What machines read of every course.
exports.data = { permalink: "catalogue.json", layout: null, eleventyExcludeFromCollections: true }
exports.render = ({ collections }) => `{"id":"https://bench.example/catalogue.json","type":"DataFeed","name":"Bench","dataFeedElement":[
${collections.all.filter(one => one.data.amb).map(one => one.data.amb).join(",\n")}]}
`
