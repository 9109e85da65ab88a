import pytest

from portal_app.domain.catalogue import Audience
from portal_app.domain.search import Query, parse, to_params
from portal_app.domain.topics import Topic, search_for, topic_of


@pytest.mark.parametrize("topic", Topic)
def test_the_address_of_a_topic_leads_back_to_it(topic):
    asked = parse(to_params(search_for(topic)))

    assert topic_of(asked) is topic
    assert asked.audience is Audience.CHILDREN


def test_a_search_for_words_is_about_no_topic():
    assert topic_of(Query(words="くま")) is None
