"""A region whose course attacks those that adopt it: in every key, and in the text of every module."""

from __future__ import annotations

from collections.abc import Mapping

from tests.content.test_neutral import PAYLOADS

_TITLE = "<img src=x onerror=window.X=1>"
_KEYS = (
    'summary: "\\"><script>window.X=1</script>"\n'
    'authors: ["<script>window.X=1</script>", "</script><script>window.X=1</script>"]\n'
    'tags: ["<svg onload=window.X=1>", "{{ config }}"]\n'
    "template: ../../../../etc/hostname\nicon: ../../../../etc/hostname\nhide: [navigation, toc]\n"
    'search: {exclude: true}\nredirect: https://evil.example/\ndescription: "\\"><script>window.X=1</script>"\n'
    "licence: CC-BY-4.0\n"
)


def _module(number: int, name: str, payload: str) -> str:
    return f"---\ntype: module\nid: felle-{number}\ntitle: 'Felle {number}: {name} {_TITLE}'\n{_KEYS}---\n\n## Før\n\n{payload}\n\nEtter.\n"


HOSTILE: Mapping[str, str | bytes] = {
    "region.yml": 'id: nabovik\nname: "<script>window.X=1</script>"\npublisher: "<img src=x onerror=window.X=1>"\nlicence: CC-BY-4.0\n',
    "content/kurs/felle/index.md": f"---\ntype: course\nid: felle\ntitle: '{_TITLE}'\n{_KEYS}"
    'teaches: [{competence: personvern, level: 1}]\nobjectives: ["<script>window.X=1</script>"]\n'
    "equipment: ['<img src=x onerror=window.X=1>']\n---\n\n<script>window.X=1</script>\n\n{{ config.site_dir }} {% include 'x' %}\n",
    **{
        f"content/kurs/felle/{number:02}.md": _module(number, name, payload)
        for number, (name, payload) in enumerate(PAYLOADS.items(), 1)
    },
}
