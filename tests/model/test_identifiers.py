"""Names minted from official identifiers: one table for editions and standards, one for law, one for decisions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_graph.model import identifiers

# Reference as printed, slug of the edition, slug of the undated standard.
EDITIONS = [
    ("ISO 13485:2016", "iso-13485-2016", "iso-13485"),
    ("ISO 10993-1:2018", "iso-10993-1-2018", "iso-10993-1"),
    ("ISO/TR 24971:2020", "iso-tr-24971-2020", "iso-tr-24971"),
    ("ISO/TS 24971-2:2026", "iso-ts-24971-2-2026", "iso-ts-24971-2"),
    ("ISO/IEC Guide 63:2019", "iso-iec-guide-63-2019", "iso-iec-guide-63"),
    ("ISO/IEC 42001:2023", "iso-iec-42001-2023", "iso-iec-42001"),
    ("ISO/IEC TR 29119-11:2020", "iso-iec-tr-29119-11-2020", "iso-iec-tr-29119-11"),
    ("ISO/IEC/IEEE 12207:2017", "iso-iec-ieee-12207-2017", "iso-iec-ieee-12207"),
    ("ISO/HL7 27931:2009", "iso-hl7-27931-2009", "iso-hl7-27931"),
    ("IEC 62304:2006", "iec-62304-2006", "iec-62304"),
    ("IEC TR 62366-2:2016", "iec-tr-62366-2-2016", "iec-tr-62366-2"),
    ("IEC/TR 62366-2:2016", "iec-tr-62366-2-2016", "iec-tr-62366-2"),
    ("IEC 60601-1-2:2014", "iec-60601-1-2-2014", "iec-60601-1-2"),
    # amendments, corrigenda, interpretation sheets
    ("IEC 62304:2006/AMD1:2015", "iec-62304-2006-amd1-2015", "iec-62304"),
    ("IEC 62304:2006/Amd 1:2015", "iec-62304-2006-amd1-2015", "iec-62304"),
    ("ISO 15223-1:2021/Amd 1:2025", "iso-15223-1-2021-amd1-2025", "iso-15223-1"),
    ("ISO 13485:2003/Cor 1:2009", "iso-13485-2003-cor1-2009", "iso-13485"),
    ("IEC 81001-5-1:2021/ISH1:2025", "iec-81001-5-1-2021-ish1-2025", "iec-81001-5-1"),
    ("EN ISO 13485:2016/A11:2021", "en-iso-13485-2016-a11-2021", "en-iso-13485"),
    # consolidated editions
    ("IEC 62304:2006+AMD1:2015 CSV", "iec-62304-2006-plus-amd1-2015", "iec-62304"),
    ("IEC 62304:2006+AMD1:2015", "iec-62304-2006-plus-amd1-2015", "iec-62304"),
    ("IEC 60601-1:2005+AMD1:2012+AMD2:2020 CSV", "iec-60601-1-2005-plus-amd1-2012-plus-amd2-2020", "iec-60601-1"),
    ("IEC 60601-1:2005+AMD1:2012+AMD2:2020 (Ed. 3.2)", "iec-60601-1-2005-plus-amd1-2012-plus-amd2-2020", "iec-60601-1"),
    ("EN ISO 13485:2016+AC:2018+A11:2021", "en-iso-13485-2016-plus-ac-2018-plus-a11-2021", "en-iso-13485"),
    ("EN 62304:2006+A1:2015", "en-62304-2006-plus-a1-2015", "en-62304"),
    ("EN 60601-1:2006+A13:2024", "en-60601-1-2006-plus-a13-2024", "en-60601-1"),
    (
        "ANSI/AAMI ES60601-1 consolidated with AMD2:2021",
        "ansi-aami-es60601-1-consolidated-with-amd2-2021",
        "ansi-aami-es60601-1",
    ),
    # forms of delivery
    ("IEC 60601-2-2:2017 RLV", "iec-60601-2-2-2017", "iec-60601-2-2"),
    ("IEC 61674:2024 CMV", "iec-61674-2024", "iec-61674"),
    # drafts
    ("ISO/DIS 10012", "iso-dis-10012", "iso-10012"),
    ("ISO/IEC DIS 42006", "iso-iec-dis-42006", "iso-iec-42006"),
    ("ISO/DTS 16551", "iso-dts-16551", "iso-ts-16551"),
    ("ISO/CD TS 16766.2", "iso-cd-ts-16766-2", "iso-ts-16766"),
    ("ISO/IEC CD TR 20226", "iso-iec-cd-tr-20226", "iso-iec-tr-20226"),
    ("ISO/IEEE AWI 11073-10103", "iso-ieee-awi-11073-10103", "iso-ieee-11073-10103"),
    ("ISO 10993-12:2021/DAM 1", "iso-10993-12-2021-dam-1", "iso-10993-12"),
    ("IEEE P11073.10101/D-3r7-2018", "ieee-p11073-10101-d-3r7-2018", "ieee-11073-10101"),
    ("IEEE Unapproved Std P11073.00101/D-03-2007-09", "ieee-unapproved-std-p11073-00101-d-03-2007-09", "ieee-11073-00101"),
    # regional and national adoptions
    ("EN IEC 81001-5-1:2022", "en-iec-81001-5-1-2022", "en-iec-81001-5-1"),
    ("CEN ISO/TS 24971-2", "cen-iso-ts-24971-2", "cen-iso-ts-24971-2"),
    ("BS EN ISO 14971:2019", "bs-en-iso-14971-2019", "bs-en-iso-14971"),
    ("BS/AAMI 34971:2023", "bs-aami-34971-2023", "bs-aami-34971"),
    ("BS 30440:2023", "bs-30440-2023", "bs-30440"),
    ("DIN EN 62304:2018", "din-en-62304-2018", "din-en-62304"),
    ("DIN EN ISO 13485:2021", "din-en-iso-13485-2021", "din-en-iso-13485"),
    ("NF EN ISO 14971:2019", "nf-en-iso-14971-2019", "nf-en-iso-14971"),
    ("JIS T 2304:2017", "jis-t-2304-2017", "jis-t-2304"),
    ("JIS T 0601-1:2023", "jis-t-0601-1-2023", "jis-t-0601-1"),
    ("JIS T 2304 (IEC 62304)", "jis-t-2304", "jis-t-2304"),
    ("GB/T 42061-2022", "gb-t-42061-2022", "gb-t-42061"),
    ("GB/Z 42217-2022", "gb-z-42217-2022", "gb-z-42217"),
    ("GB 9706.1-2020", "gb-9706-1-2020", "gb-9706-1"),
    ("GB 9706.1-2020 (IEC 60601-1 MOD)", "gb-9706-1-2020", "gb-9706-1"),
    ("YY/T 0664-2020", "yy-t-0664-2020", "yy-t-0664"),
    ("YY/T 1833.1-2022", "yy-t-1833-1-2022", "yy-t-1833-1"),
    ("YY/T 1990-2025", "yy-t-1990-2025", "yy-t-1990"),
    ("YY 9706.102-2021", "yy-9706-102-2021", "yy-9706-102"),
    ("IS/ISO 14971:2019", "is-iso-14971-2019", "is-iso-14971"),
    ("SS ISO/IEC 42001:2024", "ss-iso-iec-42001-2024", "ss-iso-iec-42001"),
    ("CSA ISO 14971:21", "csa-iso-14971-21", "csa-iso-14971"),
    ("CAN/CSA-C22.2 No. 60601-1:14", "can-csa-c22-2-no-60601-1-14", "can-csa-c22-2-no-60601-1"),
    ("ETSI EN 304 223 V2.1.1 (2025-12)", "etsi-en-304-223-v2-1-1", "etsi-en-304-223"),
    ("ITU-T H.810 (07/2016)", "itu-t-h-810-07-2016", "itu-t-h-810"),
    ("ITU-T H.810 (2013) Err. 1 (12/2014)", "itu-t-h-810-2013-err-1-12-2014", "itu-t-h-810"),
    ("ITU-T H.810 (V4) (11/2017)", "itu-t-h-810-v4-11-2017", "itu-t-h-810"),
    # publishers in the United States
    ("ASTM F1264-24", "astm-f1264-24", "astm-f1264"),
    ("ASTM F3301-18a", "astm-f3301-18a", "astm-f3301"),
    ("IEEE Std 2801-2022", "ieee-2801-2022", "ieee-2801"),
    ("IEEE Std 11073.10101-2019 Redline", "ieee-11073-10101-2019", "ieee-11073-10101"),
    ("AAMI TIR45:2023", "aami-tir45-2023", "aami-tir45"),
    ("ANSI/AAMI SW96:2023", "ansi-aami-sw96-2023", "ansi-aami-sw96"),
    ("ANSI/AAMI IEC 62304:2006/A1:2016", "ansi-aami-iec-62304-2006-a1-2016", "ansi-aami-iec-62304"),
    ("ANSI/AAMI/ISO 14971:2019", "ansi-aami-iso-14971-2019", "ansi-aami-iso-14971"),
    ("ANSI/AAMI HE75:2009/(R)2018", "ansi-aami-he75-2009-r-2018", "ansi-aami-he75"),
    ("ANSI/UL 2900-1:2017 (first edition)", "ansi-ul-2900-1-2017", "ansi-ul-2900-1"),
    ("ANSI/ISA-62443-4-1-2018", "ansi-isa-62443-4-1-2018", "ansi-isa-62443-4-1"),
    ("ANSI/ISA 62443-4-1:2018", "ansi-isa-62443-4-1-2018", "ansi-isa-62443-4-1"),
    ("ANSI/CTA-2090", "ansi-cta-2090", "ansi-cta-2090"),
    ("ANSI/NEMA HN 1-2019", "ansi-nema-hn-1-2019", "ansi-nema-hn-1"),
    ("IEEE 2801-2022", "ieee-2801-2022", "ieee-2801"),
    ("IEEE 11073-40101-2020", "ieee-11073-40101-2020", "ieee-11073-40101"),
    ("IEEE/UL 2621.2-2022", "ieee-ul-2621-2-2022", "ieee-ul-2621-2"),
    ("ASME V&V 40-2018", "asme-v-v-40-2018", "asme-v-v-40"),
    ("CLSI AUTO11-A2", "clsi-auto11-a2", "clsi-auto11"),
    ("NIST AI 100-1", "nist-ai-100-1", "nist-ai-100-1"),
    ("CVSS v4.0", "cvss-v4-0", "cvss"),
    ("HL7 FHIR R5", "hl7-fhir-r5", "hl7-fhir"),
    ("DICOM PS3 2026", "dicom-ps3-2026", "dicom-ps3"),
    # drafts
    ("prEN 18286", "pren-18286", "en-18286"),
    ("ISO/IEC DIS 27090", "iso-iec-dis-27090", "iso-iec-27090"),
    ("ISO/IEC CD TS 25568", "iso-iec-cd-ts-25568", "iso-iec-ts-25568"),
    ("ISO/IEC DTS 42119-3", "iso-iec-dts-42119-3", "iso-iec-ts-42119-3"),
    ("ISO/IEC 22989:2022/DAmd 1", "iso-iec-22989-2022-damd1", "iso-iec-22989"),
    ("IEC 62304 ED2", "iec-62304-ed2", "iec-62304"),
    ("IEC 63450 (CDV)", "iec-63450", "iec-63450"),
]

# Citation, jurisdiction, slug.
LAWS = [
    ("Regulation (EU) 2017/745", "EU", "eu-2017-745"),
    ("Regulation (EU) No 207/2012", "EU", "eu-207-2012"),
    ("Implementing Decision (EU) 2021/1182", "EU", "eu-2021-1182"),
    ("Directive 93/42/EEC", "EU", "eu-93-42"),
    ("COM(2025) 836; 2025/0359(COD)", "EU", "eu-com-2025-836"),
    ("SI 2002/618", "GB", "uk-si-2002-618"),
    ("S.I. 2024/1368", "GB", "uk-si-2024-1368"),
    ("21 CFR part 820; 89 FR 7496", "US", "us-21-cfr-820"),
    ("21 CFR 892.2090", "US", "us-21-cfr-892-2090"),
    ("FD&C Act section 515C (21 U.S.C. 360e-4); Pub. L. 117-328", "US", "us-21-usc-360e-4"),
    ("21 U.S.C. chapter 9 (ch. 675 of 1938)", "US", "us-21-usc-chapter-9"),
    ("SOR/98-282", "CA", "ca-sor-98-282"),
    ("Act No. 145 of 1960", "JP", "jp-act-no-145-of-1960"),
    ("通告 2021年第47号", "CN", "cn-2021-47"),
    ("Disposición 2318/2002", "AR", "ar-disposicion-2318-2002"),
    ("RDC 751/2022", "BR", "br-rdc-751-2022"),
]


@pytest.mark.parametrize(("reference", "edition", "standard"), EDITIONS)
def test_a_reference_gives_the_edition_and_its_standard(reference: str, edition: str, standard: str) -> None:
    assert identifiers.edition(reference) == edition
    assert identifiers.standard(reference) == standard


@pytest.mark.parametrize(("citation", "jurisdiction", "expected"), LAWS)
def test_a_citation_gives_the_law(citation: str, jurisdiction: str, expected: str) -> None:
    assert identifiers.law(citation, jurisdiction) == expected


def test_decisions_and_devices_are_named_after_their_numbers_and_makers() -> None:
    assert identifiers.fda_recognition("13-79") == "fda-13-79"
    assert identifiers.authorisation("K252054", "US") == "us-k252054"
    assert identifiers.authorisation("P140011/S008", "US") == "us-p140011-s008"
    assert identifiers.recognition("health-canada-recognised-standard", "CA", "iec-62304-2006") == (
        "ca-health-canada-recognised-standard-iec-62304-2006"
    )
    assert identifiers.device("Aidoc Medical, Ltd.", "BriefCase-Triage") == "aidoc-medical-ltd/briefcase-triage"
    assert identifiers.device("MIM Software Inc.", "Contour ProtégéAI™") == "mim-software-inc/contour-protegeai"


def test_a_number_that_is_no_recognition_number_is_refused() -> None:
    with pytest.raises(ValueError, match="13-79"):
        identifiers.fda_recognition("21 CFR 820.10")


def test_a_consolidated_edition_names_what_is_worked_in() -> None:
    found = identifiers.consolidated_from("IEC 60601-1:2005+AMD1:2012+AMD2:2020 CSV")
    assert found == ("IEC 60601-1:2005", "IEC 60601-1:2005/AMD1:2012", "IEC 60601-1:2005/AMD2:2020")
    assert identifiers.with_amendment("ISO 15223-1:2021/Amd 1:2025") == "ISO 15223-1:2021+AMD1:2025"


def test_a_change_is_told_from_an_edition_that_holds_it() -> None:
    assert identifiers.is_change("EN ISO 13485:2016/A11:2021")
    assert not identifiers.is_change("EN ISO 13485:2016+A11:2021")
    assert not identifiers.is_change("ANSI/AAMI HE75:2009/(R)2018")


def test_marks_are_dropped_and_letters_keep_their_base() -> None:
    assert identifiers.slug("İstanbul Ærø Straße Łódź™") == "istanbul-aero-strasse-lodz"
    with pytest.raises(ValueError, match="letters"):
        identifiers.slug("医疗器械")


def test_a_long_name_is_cut_and_stays_apart_from_its_neighbour() -> None:
    one, other = (identifiers.name_slug("device " * 40 + end) for end in ("a", "b"))
    assert one != other
    assert max(len(one), len(other)) <= identifiers.LONG
    assert re.fullmatch(r"[0-9a-f]{8}", identifiers.name_slug("医疗器械"))


def test_two_identifiers_on_one_name_are_an_error() -> None:
    minted = identifiers.Minted()
    assert minted.take("iso-1", "ISO 1") == "iso-1"
    assert minted.take("iso-1", "ISO 1") == "iso-1"
    with pytest.raises(ValueError, match=r"'ISO-1' and 'ISO 1'"):
        minted.take("iso-1", "ISO-1")


@given(st.text())
def test_a_name_is_always_a_clean_path_and_its_own_name(text: str) -> None:
    found = identifiers.name_slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert identifiers.name_slug(found) == found


@pytest.mark.parametrize(
    ("document", "number", "kind", "slug"),
    [
        ("eu-2017-745", "Annex I section 17.2", "section", "eu-2017-745/annex-i-17-2"),
        ("eu-2024-1689", "Article 10(2)(f)-(g)", "section", "eu-2024-1689/article-10-2-f-g"),
        ("iso-14971-2019", "7", "clause", "iso-14971-2019/clause-7"),
        ("iso-iec-42001-2023", "A.6.2.4", "clause", "iso-iec-42001-2023/a-6-2-4"),
        ("us-21-cfr-820", "21 CFR 820.10", "section", "us-21-cfr-820/section-820-10"),
        ("us-21-usc-360e-4", "section 515C", "section", "us-21-usc-360e-4/section-515c"),
        ("imdrf-n88", "principle 10", "section", "imdrf-n88/principle-10"),
    ],
)
def test_a_provision_is_named_after_its_document_and_its_number(document: str, number: str, kind: str, slug: str) -> None:
    assert identifiers.provision(document, number, kind=kind) == slug
