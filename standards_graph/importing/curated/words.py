"""The words of the tables and the codes of the code lists that they stand for. A word that is not here is an error."""

from __future__ import annotations

from collections.abc import Mapping

from standards_graph.vocab import SGO


def _same(*words: str) -> Mapping[str, str]:
    """Words whose code is the word itself in lower case with hyphens."""
    return {word: "-".join(word.lower().replace("(", "").replace(")", "").replace("/", " ").split()) for word in words}


JURISDICTION_KINDS = _same("country", "territory", "supranational", "part of a country")

ACTOR_KINDS = _same(
    "advisory commission", "agency", "agency centre", "agency within department", "audit programme", "autarchy", "authority",
    "board of member states", "business unit of ministry", "Commission service", "competent authority", "decentralised body",
    "deconcentrated body", "EU agency", "EU expert group", "executive agency", "expert group of member states",
    "federal agency", "federal department", "federal public-law institution", "federal service", "government agency",
    "government department", "government division", "health technology assessment body",
    "incorporated administrative agency", "independent authority", "institute", "international SDO", "joint committee",
    "ministry", "ministry department", "ministry directorate", "ministry division", "national administration",
    "national body", "national publisher", "national regulatory authority", "national SDO", "non-profit foundation (Geneva)",
    "professional SDO", "public entity", "regional forum", "regional SDO", "regional working party", "regulators coalition",
    "regulators consortium", "regulators forum", "regulatory network", "research institute", "sector SDO", "statutory board",
    "statutory body", "technical centre", "test and standards institute", "UN agency", "UN regional organisation",
)  # fmt: skip

# Kinds of body in regulators.csv that hold no legal power over devices themselves; all others do.
WITHOUT_AUTHORITY = frozenset(
    ("advisory commission", "board of member states", "expert group of member states", "health technology assessment body",
     "non-profit foundation (Geneva)", "research institute", "technical centre", "UN agency")
)  # fmt: skip
ASSESSORS = frozenset(("health technology assessment body",))

ROLES = _same(
    "affiliate member", "associate member", "management committee member", "member", "member economy",
    "member (pioneer country)", "official observer", "regional harmonisation initiative",
    "regulatory authority council member",
)  # fmt: skip

DELIVERABLES = _same(
    "AAMI", "AMD", "ASME", "BS", "CR", "CSV", "CTA", "EN", "framework", "Guide", "IEEE", "IS", "ISA", "ISH", "NEMA", "spec",
    "TIR", "TR", "TS", "UL", "YY/T",
)  # fmt: skip

EDITION_STATES = {
    **_same("published", "superseded", "withdrawn", "under-development"),
    "under development": "under-development",
}

DEGREES = {"IDT": "idt", "MOD": "mod", "NEQ": "neq", "unknown": "not-stated"}
DEGREE_LINKS = {
    "IDT": SGO.isIdenticalAdoptionOf,
    "MOD": SGO.isModifiedAdoptionOf,
    "NEQ": SGO.isNonEquivalentAdoptionOf,
    "unknown": SGO.isAdoptionOf,
}

REGIMES = {
    "FDA recognised consensus standard": "fda-recognised-consensus-standard",
    "EU harmonised (MDR 2017/745)": "eu-harmonised-mdr-2017-745",
    "EU harmonised (IVDR 2017/746)": "eu-harmonised-ivdr-2017-746",
    "EU harmonised (AI Act 2024/1689)": "eu-harmonised-ai-act-2024-1689",
    "UK designated standard (UK MDR 2002)": "uk-designated-standard-uk-mdr-2002",
    "Health Canada recognised standard": "health-canada-recognised-standard",
    "Essential principles reference": "essential-principles-reference",
    "incorporated by reference in regulation": "incorporated-by-reference-in-regulation",
    "mandatory national standard": "mandatory-national-standard",
}
"""Regimes of recognition."""

# What following the standard brings under each regime; where the table does not let one say, nothing is said.
EFFECTS = {
    "FDA recognised consensus standard": "accepted-declaration",
    "EU harmonised (MDR 2017/745)": "presumption-of-conformity",
    "EU harmonised (IVDR 2017/746)": "presumption-of-conformity",
    "EU harmonised (AI Act 2024/1689)": "presumption-of-conformity",
    "UK designated standard (UK MDR 2002)": "presumption-of-conformity",
    "incorporated by reference in regulation": "mandatory-by-reference",
    "mandatory national standard": "mandatory-standard",
}

EXTENTS = {
    "complete": "complete",
    "full": "complete",
    "full national text": "complete",
    "partial": "partial",
    "clauses of ISO 13485:2016 with FDA additions": "partial",
    "not read": "not-read",
    "presumption of conformity with the requirements it covers": "not-stated",
    "software life cycle risk management": "not-stated",
    "cybersecurity activities in the life cycle": "not-stated",
}

DECISION_STATES = {
    "recognised": "in-force",
    "in force": "in-force",
    "reported": "reported",
    "transition": "transition",
}
NOT_LISTED = "not listed"

# Words in a regime or an act's citation, and the regulations.csv row of the law that they name.
LAWS = {
    "MDR 2017/745": "eu-mdr",
    "IVDR 2017/746": "eu-ivdr",
    "AI Act 2024/1689": "eu-ai-act",
    "UK MDR 2002": "uk-mdr-2002",
    "FD&C Act": "us-fdc-act",
    "21 CFR part 820": "us-qmsr",
    "Medical Devices Regulations; List": "ca-mdr",
    "PMD Act": "jp-pmd-act",
}

INSTRUMENTS = _same(
    "act", "amending regulation", "classification regulation", "federal regulation", "law", "notice", "official standard",
    "ordinance", "proposal", "provision", "regulation", "resolution", "rules", "statutory instrument", "statutory section",
)  # fmt: skip

TOPICS = (
    "bias-fairness", "change-control", "clinical-evaluation", "conformity-assessment", "cybersecurity", "data-governance",
    "electrical-safety", "governance", "human-oversight", "interoperability", "labelling", "performance-testing",
    "post-market", "privacy", "qms", "record-keeping", "risk-management", "robustness", "software-lifecycle", "terminology",
    "transparency", "usability",
)  # fmt: skip

# ONTOLOGY names for schemes that the tables call otherwise.
SCHEMES = {"us-fda": "us-fda-class", "eu-mdr": "eu-mdr-class", "imdrf-n12": "imdrf-samd"}

RELATIONS = {
    "exact": SGO.equivalentTo,
    "close": SGO.closeTo,
    "broad": SGO.entails,
    "narrow": SGO.entailedBy,
    "partial": SGO.overlaps,
}
RELATION_WORDS = {
    "exact": "is the same as",
    "close": "is close to",
    "broad": "falls under",
    "narrow": "holds all of",
    "partial": "overlaps with",
}
CONFIDENCE = {"official": "1.0", "high": "0.9", "medium": "0.7", "low": "0.5"}

# Who says so: claims of these are looked at by a curator before anything follows from them.
CANDIDATES = frozenset(("editorial", "secondary (partly AI-written) site"))

GUIDANCE_KINDS = _same(
    "guidance", "guidelines", "technical document", "principles", "strategy", "discussion paper", "report",
    "essential principle", "communication", "programme", "consultation response", "government response", "call for evidence",
)  # fmt: skip

TOPIC_RELATIONS = _same("direct", "partial", "supports")

PROVISION_RELATIONS = _same(
    "overlaps", "complements", "maps to", "invokes", "governed by", "elaborated by", "goes beyond", "different sense",
    "incorporates",
)  # fmt: skip

PROGRAMMES = _same(
    "regulatory sandbox", "regulatory sandbox cohort", "legal exemption", "legal framework", "planned sandbox",
)  # fmt: skip

RECOMMENDATIONS = {
    **_same("use with evidence generation", "research only", "not enough evidence", "routine adoption supported"),
    **_same("withdrawn from guidance", "superseded by DG57"),
    "briefing, no recommendation": "briefing-no-recommendation",
}

APPRAISALS = _same(
    "early value assessment", "diagnostics guidance", "medtech innovation briefing", "health technology appraisal",
)  # fmt: skip

MARKET_REPORTS = _same(
    "CE marking", "HSA registration", "MFDS approval", "NMPA registration", "UK market", "UK market (named in NICE guidance)",
    "UK market (device class as stated by NICE)", "UK market (assessed by NICE)", "UK market (assessed in DG55)",
    "availability reported", "deployment reported",
)  # fmt: skip

AI_FUNCTIONS = _same(
    "autonomous detection", "autonomous reporting", "decision support and triage", "detection", "detection and triage",
    "measurement", "quantification", "segmentation", "segmentation and planning", "triage", "triage and notification",
    "triage and quantification",
)  # fmt: skip

BODY_AREAS = _same(
    "breast", "chest", "eye", "gastrointestinal", "head", "heart", "multiple", "musculoskeletal", "prostate", "skin", "spine",
    "whole body",
)  # fmt: skip

MODALITIES = _same(
    "CT", "MR", "X-ray", "endoscopy", "fundus photography", "mammography", "ECG", "ultrasound", "camera", "digital pathology",
    "dermoscopy",
)  # fmt: skip

SAFETY_ACTIONS = _same(
    "safety alert", "recall", "field safety notice", "field safety corrective action", "medical device alert",
    "recall action", "recall or field action", "correction", "regulatory notice", "safety notice", "safety communication",
    "warning letter", "regulatory decision", "device safety information", "national patient safety alert",
)  # fmt: skip

INVOLVEMENTS = _same("yes", "device", "no", "unknown")

GROUPINGS = _same("confirmed", "likely", "possible")

CLAIM_TYPES = _same("fact", "goal", "commitment", "statement", "judgement", "prediction", "plan")

CONFIRMATIONS = _same(
    "confirmed", "confirmed as stated goal", "confirmed at the date of the story", "confirmed as plan", "partly confirmed",
    "not confirmed", "contradicted", "not a checkable fact", "date line of the story only",
)  # fmt: skip

# Classes of recalls, by the place whose scheme it is.
SEVERITIES = {
    "US Class I": "us-class-i",
    "US Class II": "us-class-ii",
    "US Class III": "us-class-iii",
    "AU Class I": "au-class-i",
    "AU Class II": "au-class-ii",
    "JP Class II": "jp-class-ii",
    "CA Type II": "ca-type-ii",
    "CA Type III": "ca-type-iii",
}

# What an action is by what the authority calls it; what is not here is a measure without a narrower class.
ACTION_CLASSES = {
    "recall": SGO.Recall,
    "recall action": SGO.Recall,
    "recall or field action": SGO.Recall,
    "correction": SGO.Recall,
    "field safety notice": SGO.FieldSafetyCorrectiveAction,
    "field safety corrective action": SGO.FieldSafetyCorrectiveAction,
    "safety alert": SGO.SafetyAlert,
    "medical device alert": SGO.SafetyAlert,
    "safety notice": SGO.SafetyAlert,
    "safety communication": SGO.SafetyAlert,
    "device safety information": SGO.SafetyAlert,
    "national patient safety alert": SGO.SafetyAlert,
}

# Routes of authorisations that bear a number; rows of all other types report that a device is marketed or used.
ROUTES = {"FDA 510(k)": "us-510k", "FDA De Novo": "us-de-novo"}

# Assessors whose guidance covers a part of the state that the table names.
COVERED = {"nice": "gb-eng"}

# What names in other languages may be: of whoever is competent for them, read again by a person, or neither.
TRANSLATION_STATES = ("official", "reviewed", "unreviewed")

# Kinds of record that a statement of coverage may speak about.
RECORD_KINDS = _same(
    "access-consortium-member", "ai-airlock-phase-2-admission", "ai-airlock-pilot-admission", "eea-state-outside-eu",
    "eu-mdr-class", "eu-member-state", "guidance-document", "market-authorisation", "mdsap-council-member",
    "mdsap-official-observer", "network-membership", "nice-hte11-recommendation", "nice-hte20-recommendation",
    "regulatory-instrument", "safety-action", "standard-recognition", "us-device-class",
)  # fmt: skip

# What claims speak about, and what it is in the registry.
NAMED = {
    "United Kingdom": ("jurisdiction/gb",),
    "MHRA": ("org/mhra",),
    "MHRA approach": ("org/mhra",),
    "NICE": ("org/nice",),
    "NHS": ("org/gb-nhs",),
    "HealthAI Global Regulatory Network": ("network/healthai-grn",),
    "AI Airlock": ("sandbox/mhra-ai-airlock",),
    "MHRA membership": ("network/healthai-grn", "org/mhra"),
    "Chief Executive of the MHRA": ("org/mhra",),
    "Chief Executive Officer of HealthAI": ("org/healthai",),
    "shorter NHS waiting times": ("org/gb-nhs",),
    "wider NHS adoption": ("org/gb-nhs",),
    "UK is the first pioneer country of the network": ("jurisdiction/gb", "network/healthai-grn"),
    "UK is committed to responsible AI innovation in healthcare": ("jurisdiction/gb",),
    "UK lowers regulatory barriers so trusted AI reaches the NHS sooner": ("jurisdiction/gb", "org/gb-nhs"),
    "growth of the UK health technology sector": ("jurisdiction/gb",),
}

# Organisations that a claim names and no table has: the row of the claim is their source.
NAMED_BY_CLAIMS = {"NHS": "org/gb-nhs"}

# Languages of native names where the place settles it.
LANGUAGES = {"CN": "zh-Hans", "JP": "ja", "KR": "ko", "TW": "zh-Hant"}
