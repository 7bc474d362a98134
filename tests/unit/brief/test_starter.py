"""The brief to start from, and the schema."""

import json

from signoff.brief import brief_schema, find_faults, read_brief, starter_brief
from signoff.brief.manual import brief_manual


def test_starter_brief_has_no_faults() -> None:
    assert read_brief(starter_brief()).advertiser.name == "Example Ltd"


def test_brief_schema_forbids_unknown_keys_and_lists_words() -> None:
    schema = brief_schema()
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Objective"]["enum"] == ["leads", "conversions", "traffic"]
    assert json.loads(json.dumps(schema)) == schema


def test_brief_schema_gives_every_key_its_meaning() -> None:
    schema = brief_schema()
    for part in (schema, *schema["$defs"].values()):
        for name, key in part.get("properties", {}).items():
            assert key.get("description") or "$ref" in key, name


def test_brief_manual_names_every_section() -> None:
    text = brief_manual()
    for fault in find_faults({}):
        assert f"[{fault.where}]" in text
