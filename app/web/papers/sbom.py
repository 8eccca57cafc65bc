"""The bill of materials: every package that a running Morgen consists of, as CycloneDX."""

import base64
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from app.paths import LOCK, REQUIREMENTS

OURS = "morgen"


def sbom() -> str:
    """JSON, CycloneDX 1.6: the Python packages that ours needs and that are installed, and what pages are made of."""
    bom = Bom()
    bom.metadata.component = Component(name=OURS, version=version(), type=ComponentType.APPLICATION)
    for each in needed():
        bom.components.add(_python(each))
    for component in served():
        bom.components.add(component)
    bom.register_dependency(bom.metadata.component, bom.components)
    return str(JsonV1Dot6(bom).output_as_string(indent=2))


def version() -> str:
    """Of Morgen itself: as installed, or as it stands in the checkout that `make run` serves."""
    with suppress(PackageNotFoundError):
        return distribution(OURS).version
    return str(tomllib.loads((REQUIREMENTS.parents[1] / "pyproject.toml").read_text())["project"]["version"])


def needed() -> Iterator[Distribution]:
    """What the locked list names and what is installed here: a package for another system is not."""
    for name in re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text(), re.MULTILINE):
        with suppress(PackageNotFoundError):
            yield distribution(name)


def _python(dist: Distribution) -> Component:
    licence = str(dist.metadata.json.get("license_expression") or dist.metadata.json.get("license") or "")
    return Component(
        name=_name(dist),
        version=dist.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", None, _name(dist), dist.version),
        bom_ref=f"pypi/{_name(dist)}",
        licenses=[DisjunctiveLicense(name=licence.splitlines()[0][:100])] if licence.strip() else [],
    )


def _name(dist: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower()


def served() -> Iterator[Component]:
    """The npm packages whose files lie in `static/vendor`."""
    for place, package in json.loads(LOCK.read_text())["packages"].items():
        if not place:
            continue
        scope, _, name = place.removeprefix("node_modules/").rpartition("/")
        algorithm, _, digest = package["integrity"].partition("-")
        yield Component(
            name=name,
            group=scope or None,
            version=package["version"],
            type=ComponentType.LIBRARY,
            purl=PackageURL("npm", scope or None, name, package["version"]),
            bom_ref=f"npm/{name}",
            licenses=[DisjunctiveLicense(name=package["license"])],
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=_hex(digest))] if algorithm == "sha512" else [],
        )


def _hex(digest: str) -> str:
    return base64.b64decode(digest).hex()
