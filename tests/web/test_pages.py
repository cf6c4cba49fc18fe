"""The shell and the files of the pages, as the service sends them."""

import gzip
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.pages import PLACES
from service.queue import set_up
from service.store.database import Database
from web.files import STATIC, Files
from web.shell import POLICY, files


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('pages')}/kept.db")
    set_up(database)
    made = []

    def client(prefix=""):
        made.append(create_app(database, prefix=prefix))
        return TestClient(made[-1], raise_server_exceptions=False)

    yield client
    for app in made:
        app.state.service.queue.close()
    database.close()


@pytest.fixture(scope="module")
def client(opened):
    return opened()


def base(answer):
    return re.search(r'<base href="([^"]*)">', answer.text)[1]


@pytest.mark.parametrize("path", ["/", "/rollouts", "/rollouts/r1/plan/p1/load", "/sign-in"])
def test_every_address_of_a_page_is_answered_with_the_shell(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert base(answer) == "/"
    assert answer.headers["content-security-policy"] == POLICY


def test_every_view_stands_at_an_address_that_is_answered():
    views = (STATIC / "js/views.js").read_text()
    begins = {path.split("/")[0] for path in re.findall(r'path: "([^"]+)"', views)}
    assert "rollouts" in begins
    assert begins <= set(PLACES)


def test_the_policy_allows_nothing_but_files_of_this_server():
    assert POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_the_shell_has_no_script_or_style_of_its_own(client):
    shell = client.get("/").text
    assert re.findall(r"<script[^>]*>(.+?)</script>", shell) == []
    assert "<style" not in shell
    assert not re.search(r"\s(style|on\w+)=", shell)


def named(client, path):
    return re.findall(r'<link rel="(?:module)?preload" href="([^"]+)"', client.get(path).text)


def test_what_a_view_needs_is_named_with_its_page(client):
    found = named(client, "/rollouts/r-1/plan/p-1")
    modules = [it for it in found if it.endswith("/js/views/plan/page.js")]
    assert len(modules) == 1
    assert {"v1/rollouts/r-1/about", "v1/plans/p-1", "v1/plans/p-1/timeline"} <= set(found)
    assert any(it.endswith("/css/views/plan.css") for it in found)
    assert len(found) == len(set(found))


def test_what_is_not_known_yet_is_not_asked_for(client):
    found = named(client, "/rollouts/r-1/plan/latest")
    assert "v1/rollouts/r-1/about" in found
    assert not any(it.startswith("v1/plans/") for it in found)


def test_an_address_below_which_nothing_stands_names_no_view(client):
    assert not any("/js/views/" in it for it in named(client, "/rollouts/r-1/nothing/at/all"))


def test_an_unknown_address_of_the_service_stays_a_problem(client):
    answer = client.get("/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_all_that_the_shell_names_is_sent(client):
    named = re.findall(r'(?:href|src)="(static/[^"]+)"', client.get("/").text)
    assert len(named) > 5
    assert {client.get(f"/{it}").status_code for it in named} == {200}


def test_the_modules_that_run_first_are_named_so_that_they_come_at_once(client):
    preloaded = re.findall(r'modulepreload" href="static/\w+/([^"]+)"', client.get("/").text)
    assert preloaded[0] == "js/main.js"
    assert {"js/dom.js", "js/parts/icons.js", "js/views.js"} <= set(preloaded)
    assert not any(it.startswith("js/views/") for it in preloaded)


def test_files_of_the_present_version_are_kept_for_good_and_others_are_not(client):
    now = client.get(f"/static/{files().version}/js/dom.js")
    before = client.get("/static/0123456789ab/js/dom.js")
    assert "immutable" in now.headers["cache-control"]
    assert before.headers["cache-control"] == "no-cache"
    assert now.text == before.text == (STATIC / "js/dom.js").read_text()


def test_files_are_sent_compressed_to_those_who_understand_it(client):
    path = f"/static/{files().version}/css/controls.css"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.content == plain.content


def test_a_file_that_changes_changes_the_version_of_all():
    one, same = Files({"a.js": b"1"}), Files({"a.js": b"1"})
    assert one.version == same.version
    assert one.version != Files({"a.js": b"2"}).version
    assert one.version != Files({"b.js": b"1"}).version
    assert gzip.decompress(one.get("a.js").compressed) == b"1"


@pytest.mark.parametrize("name", ["js/none.js", "../shell.py", "..%2Fshell.py", ""])
def test_what_is_no_file_of_the_pages_is_not_found(client, name):
    assert client.get(f"/static/{files().version}/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/rollouts", "/planning", "/planning/rollouts"])
def test_under_a_prefix_everything_is_below_it_whether_or_not_the_proxy_takes_it_off(opened, path):
    client = opened("/planning")
    answer = client.get(path)
    assert base(answer) == "/planning/"
    assert client.get(f"/planning/static/{files().version}/js/main.js").status_code == 200
    assert client.get("/planning/v1/me").status_code == 200


@pytest.fixture
def proxy(client):
    """A proxy on this machine."""
    return TestClient(client.app, client=("127.0.0.1", 50000))


def test_a_proxy_may_name_the_prefix_that_it_has_taken_off(proxy):
    answer = proxy.get("/rollouts", headers={"X-Forwarded-Prefix": "/team/plans/"})
    assert base(answer) == "/team/plans/"


@pytest.mark.parametrize("prefix", ["//evil.example", "https://evil.example", '/"><script>'])
def test_a_prefix_that_is_no_path_is_refused(proxy, prefix):
    assert proxy.get("/rollouts", headers={"X-Forwarded-Prefix": prefix}).status_code == 400


def test_the_shell_is_in_the_language_and_theme_of_the_reader(client):
    plain = client.get("/", headers={"Accept-Language": "sl"}).text
    assert '<html lang="sl">' in plain
    assert "messages/sl.json" in plain
    chosen = "allocator_language=hi; allocator_theme=dark"
    text = client.get("/", headers={"Accept-Language": "sl", "Cookie": chosen}).text
    assert '<html lang="hi" data-theme="dark">' in text
    odd = client.get("/", headers={"Cookie": "allocator_language=xx; allocator_theme=pink"}).text
    assert '<html lang="en">' in odd
