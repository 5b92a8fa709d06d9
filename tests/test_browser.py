"""The browser that the browser tests use."""

import pytest


@pytest.mark.browser
def test_a_request_to_another_machine_is_blocked_and_recorded(page, outside_requests):
    page.set_content('<img src="http://outside.example/dot.png" alt="">')
    page.wait_for_load_state("networkidle")
    assert outside_requests == ["http://outside.example/dot.png"]
