exports.data = { permalink: "sitemap.xml", layout: null, eleventyExcludeFromCollections: true }
exports.render = ({ collections }) => `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${collections.all.filter(one => !one.data.robots).map(one => `<url><loc>https://bench.example${one.url}</loc></url>`).join("\n")}
</urlset>
`
