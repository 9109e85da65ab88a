from e2e.accessibility import barriers_on


def test_a_barrier_is_found_and_named(chromium):
    page = chromium.new_page()
    page.set_content("<html lang=ja><title>t</title><main><h1>本</h1><img src='data:,'></main>")

    [barrier] = barriers_on(page)

    assert "image-alt" in barrier
    page.close()
