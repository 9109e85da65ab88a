"""K-58: whoever has their shelves on the device takes them away, with a connection or without."""

import io

import openpyxl
import pandas as pd
import pytest

from e2e.pages.downloads import DownloadsPage


@pytest.fixture
def profile(hanakos_profile):
    """Hanako's own device, which has her shelves."""
    return hanakos_profile


@pytest.fixture
def downloads(device) -> DownloadsPage:
    """All of Hanako's shelves, with the menu of files open."""
    return DownloadsPage(device.open()).open().should_be("online").unfold()


def test_a_file_is_the_same_whoever_makes_it(downloads, device, link, tmp_path):
    by_the_library = {kind: downloads.take(kind, tmp_path).read_bytes() for kind in ("text", "csv")}
    link.refuse()
    without_library = DownloadsPage(device.restart()).open().unfold()

    made_here = {kind: without_library.take(kind, tmp_path).read_bytes() for kind in by_the_library}

    without_library.should_say("shelf_downloads.made_here")
    assert made_here == by_the_library
    assert len(pd.read_csv(io.BytesIO(made_here["csv"]))) > 1


def test_a_download_does_not_cut_the_page_off_from_the_library(downloads, tmp_path):
    file = downloads.take("excel", tmp_path)

    assert file.name == "本棚.xlsx"
    assert openpyxl.load_workbook(file).sheetnames
    downloads.should_be("online")


def test_what_only_the_library_can_make_says_so_without_a_connection(downloads, device, link):
    link.refuse()

    without_library = DownloadsPage(device.restart()).open().unfold()

    for kind in ("text-cp932", "excel", "bibtex", "ris"):
        without_library.should_need_a_connection(kind)
