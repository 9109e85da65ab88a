"""The fields of a state, as Reflex sends them and as Python calls them."""

import json

from portal_app.state.cart import CartState


def test_a_state_is_read_as_reflex_sends_it(in_browser):
    fields = CartState().dict()[CartState.get_full_name()]

    read, back = in_browser(
        f"""
        import {{ unwired, wired }} from "./utils/offline/wire.js";
        const sent = {json.dumps(fields)};
        answer([unwired(sent), wired(unwired(sent))]);
        """
    )

    assert set(read) >= {"is_loaded", "as_of", "lines", "pickup_branch", "contact_method"}
    assert back == fields


def test_only_what_is_named_and_there_is_picked(in_browser):
    picked = in_browser(
        """
        import { picked } from "./utils/offline/wire.js";
        answer(picked({ lines: [], is_loaded: false, secret: 1 }, ["is_loaded", "lines", "as_of"]));
        """
    )

    assert picked == {"is_loaded": False, "lines": []}
