"""The overlay on pages that hide, move and re-render their text: one fixture a difficulty, in a real browser."""
# ruff: noqa: E501 - the fixtures are HTML and scripts, clearer in one piece

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.server import Server, start_server

# Two clauses of our own that every fixture holds in its own way, and one that stands open on every page.
FIRST = "We keep every picture that you upload for nine years, even if you delete it on the day you made it."
SECOND = "Our partners may read what you write to your friends whenever they believe that this helps them."
OPEN = (
    "You can ask us at any time which of your data we hold, and we answer within thirty days of your letter."
)

PICTURE_LINK = '<a href="#">picture<span class="sr-only"> (opens in a new window)</span></a>'


def html(body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Policy</title>{head}</head>'
        f"<body><main><h1>Privacy policy</h1><p>{OPEN}</p>{body}</main></body></html>"
    )


FIXTURES: dict[str, str] = {
    "details": html(f"<details><summary>More</summary><p>{FIRST}</p></details><p>{SECOND}</p>"),
    "until-found": html(f'<div hidden="until-found"><p>{FIRST}</p></div><p>{SECOND}</p>'),
    "accordion": html(
        f'<button aria-expanded="false" aria-controls="x">More</button>'
        f'<div id="x" style="display:none"><p>{FIRST}</p></div>'
        f'<div role="tablist"><button role="tab" aria-selected="false" aria-controls="t">Tab</button></div>'
        f'<div role="tabpanel" id="t" style="display:none"><p>{SECOND}</p></div>'
    ),
    "shadow": html(
        '<policy-text></policy-text><script>customElements.define("policy-text", class extends HTMLElement {'
        'constructor() { super(); const root = this.attachShadow({ mode: "open" });'
        f'root.innerHTML = "<section><p>{FIRST}</p><p>{SECOND}</p></section>"; }} }});</script>'
    ),
    "frame": html(
        f"<iframe title='policy' style='width:600px;height:300px' srcdoc='<p>{FIRST}</p><p>{SECOND}</p>'></iframe>"
    ),
    "form": html(
        f"<textarea>{FIRST}</textarea><input value='{SECOND}'><script>var x = '{FIRST}';</script>"
        f"<template><p>{SECOND}</p></template><noscript>{FIRST}</noscript>"
    ),
    "hidden-copy": html(
        f'<div style="display:none" aria-hidden="true"><p>{FIRST}</p><p>{SECOND}</p></div>'
        f'<p id="seen">{FIRST}</p><p>{SECOND}</p>'
    ),
    "screen-reader": html(
        "<style>.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0) }</style>"
        f"<p>{FIRST.replace('picture', PICTURE_LINK)}</p>"
        f'<div aria-hidden="true"><p>{SECOND.replace("friends", PICTURE_LINK.replace("picture", "friends"))}</p></div>'
    ),
    "late": html(
        f'<div id="root"></div><script>setTimeout(() => {{ document.getElementById("root").innerHTML = '
        f'"<p>{FIRST}</p>"; }}, 900); setTimeout(() => {{ document.getElementById("root").innerHTML += '
        f'"<p>{SECOND}</p>"; }}, 2500);</script>'
    ),
    "busy": html(
        f'<p>{FIRST}</p><p>{SECOND}</p><p id="clock"></p><script>let n = 0; const clock = '
        f'document.getElementById("clock"); setInterval(() => {{ for (let i = 0; i < 10; i++) '
        f"clock.textContent = String(n++); }}, 10);</script>"
    ),
    "csp": html(f"<p>{FIRST}</p><p>{SECOND}</p>"),
    "spa": html(
        '<div id="root"></div><script>const parts = ' + f'["{FIRST}", "{SECOND}"];'
        "window.render = () => { const root = document.getElementById('root'); root.replaceChildren();"
        "for (const part of parts) { const p = document.createElement('p'); p.textContent = part; root.append(p); } };"
        "window.leave = () => { history.pushState({}, '', '/elsewhere'); document.querySelector('main').textContent"
        " = 'Another page of this application, no policy.'; };"
        "window.render();</script>"
    ),
}

HEADERS: dict[str, dict[str, str]] = {
    "csp": {
        "content-security-policy": (
            "default-src 'none'; style-src 'none'; script-src 'none'; require-trusted-types-for 'script'; "
            "trusted-types 'none'"
        )
    }
}


def url(name: str) -> str:
    return f"https://{name}.example/privacy"


@pytest.fixture(scope="module")
def fixture_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("overlay")
    build_archive(
        folder, [KnownPage(name, url(name), page, (FIRST, SECOND, OPEN)) for name, page in FIXTURES.items()]
    )
    with start_server(folder) as started:
        yield started


@pytest.fixture(scope="module")
def reader(fixture_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with launch(tmp_path_factory.mktemp("reader"), fixture_server.address, all_sites=True) as running:
        for name, page in FIXTURES.items():
            running.pages[url(name)] = (page, HEADERS.get(name, {}))
        running.pages["https://spa.example/elsewhere"] = html("")
        yield running


def outcomes(reader: Browser, page: Page) -> dict[str, str]:
    """Outcome by the recorded words' first two, for every provision of the page's document."""
    state = reader.state(page)
    provisions = state["matches"][0]["set"]["provisions"]
    words = {item["id"]: " ".join(item["quote"]["selector"]["exact"].split()[:2]) for item in provisions}
    return {words[item["provisionId"]]: item["outcome"] for item in state["outcomes"]}


def wait_painted_texts(reader: Browser, page: Page, wanted: set[str], seconds: float = 12) -> None:
    for _ in range(int(seconds * 5)):
        if set(reader.painted(page)) == wanted:
            return
        page.wait_for_timeout(200)
    assert set(reader.painted(page)) == wanted


@pytest.mark.parametrize(
    "name", ["details", "until-found", "accordion", "shadow", "hidden-copy", "late", "busy", "csp"]
)
def test_every_clause_is_found_and_painted(reader: Browser, name: str) -> None:
    page = reader.read(url(name))
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    assert set(outcomes(reader, page).values()) == {"found"}
    page.close()


def test_words_for_screen_readers_do_not_change_a_sentence(reader: Browser) -> None:
    page = reader.read(url("screen-reader"))
    assert set(outcomes(reader, page).values()) == {"found"}
    page.close()


def test_same_origin_frames_are_read_and_painted(reader: Browser) -> None:
    page = reader.read(url("frame"))
    inside = next(frame for frame in page.frames if frame.parent_frame)
    inside.wait_for_function(
        "() => [...CSS.highlights].filter(([n]) => n.startsWith('clauselight')).some(([, h]) => h.size)"
    )
    assert set(outcomes(reader, page).values()) == {"found"}
    page.close()


def test_text_in_scripts_and_form_fields_is_no_text_of_the_page(reader: Browser) -> None:
    page = reader.read(url("form"))
    assert reader.painted(page) == [OPEN]
    assert outcomes(reader, page) == {"We keep": "gone", "Our partners": "gone", "You can": "found"}
    page.close()


def test_the_visible_one_of_two_copies_is_painted(reader: Browser) -> None:
    page = reader.read(url("hidden-copy"))
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    visible = page.evaluate(
        """() => [...CSS.highlights].filter(([n]) => n.startsWith("clauselight")).flatMap(([, h]) => [...h])
             .every((range) => range.startContainer.parentElement.checkVisibility())"""
    )
    assert visible
    page.close()


def test_rerendering_a_hundred_times_keeps_every_highlight(reader: Browser) -> None:
    page = reader.read(url("spa"))
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    for _ in range(100):
        page.evaluate("window.render()")
        page.wait_for_timeout(15)
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    stale = page.evaluate(
        """() => [...CSS.highlights].filter(([n]) => n.startsWith("clauselight")).flatMap(([, h]) => [...h])
             .filter((range) => !range.startContainer.isConnected).length"""
    )
    assert stale == 0
    page.close()


def test_leaving_the_policy_inside_an_application_gives_everything_back(reader: Browser) -> None:
    page = reader.read(url("spa"))
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    page.evaluate("window.leave()")
    page.wait_for_function(
        "() => ![...CSS.highlights].some(([n, h]) => n.startsWith('clauselight') && h.size)"
    )
    page.wait_for_function("() => !document.querySelector('clauselight-overlay')")
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    page.close()


def test_a_page_that_never_rests_does_not_keep_the_overlay_busy(reader: Browser) -> None:
    page = reader.read(url("busy"))
    wait_painted_texts(reader, page, {FIRST, SECOND, OPEN})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def script_seconds() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))

    before = script_seconds()
    page.wait_for_timeout(4_000)
    # The page itself writes 1,000 times a second; measured without the overlay it needs under a tenth of the time.
    assert script_seconds() - before < 1.5
    page.close()


def test_text_beyond_two_megabytes_is_refused_in_words(reader: Browser, fixture_server: Server) -> None:
    sentence = "This page says the same thing over and over again so that it becomes very long. "
    reader.pages[url("details")] = html(f"<p>{sentence * 28_000}</p><p>{FIRST}</p>")
    page = reader.read(url("details"), wait=False)
    for _ in range(60):
        state = reader.state(page)
        if state["trouble"]:
            break
        page.wait_for_timeout(250)
    assert state["trouble"]["kind"] == "page-too-large"
    assert reader.painted(page) == []
    reader.pages[url("details")] = FIXTURES["details"]
    page.close()
