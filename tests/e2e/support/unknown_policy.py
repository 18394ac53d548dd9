"""A policy that no server knows, and what a server may answer about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from e2e.support.proxy import Misbehaviour

ROOT = Path(__file__).parents[3]
ANSWER = ROOT / "shared_schema" / "examples" / "valid" / "analysis_answer--not-kept.json"

URL = "https://www.thistledown.example/legal/privacy"

TRAINING = "We may use the photos and private messages that you upload to train our machine-learning models."
SELLING = "We sell information about how you use the app to advertising partners."
DELETION = "You can delete your account and all your data at any time in the settings."

HTML = f"""<!DOCTYPE html>
<html lang="en-US"><head><title>Privacy Policy | Thistledown</title>
<style>main {{ max-width: 45em }}</style></head><body>
<header><nav><a href="/">Home</a> <a href="/pricing">Pricing</a> <a href="/login">Log in</a></nav></header>
<div id="cookie-banner" role="region" aria-label="Cookies">
<p>We value your privacy. Accept all cookies?</p><button>Accept</button>
</div>
<main>
<h1>Privacy Policy</h1>
<p>This policy explains which personal data we collect when you use Thistledown, and what we do with it. If
you do not agree to this policy, do not use our services.</p>
<h2>Information we collect</h2>
<p>We collect the name and e-mail address that you give us, and information about your device. We may receive
personal information from third parties in accordance with applicable law.</p>
<h2>How we use your information</h2>
<p>We use your personal data to provide the service. {TRAINING} We process your data with your consent or on
the basis of our legitimate interests.</p>
<h2>Who we share it with</h2>
<p>We share your data with service providers. {SELLING} We may disclose your information if the law requires
it.</p>
<h2>Your rights</h2>
<p>{DELETION} You have the right to ask for a copy of your data.</p>
<form><label>Search <input value="typed by the reader"></label>
<textarea aria-label="Note">a secret note</textarea></form>
<h2>Changes to this policy</h2>
<p>We may change this policy at our discretion. The date at the top shows when it was last changed, and your
continued use of our services means that you accept the new terms.</p>
</main>
<footer><p>Thistledown Ltd, all rights reserved.</p></footer>
</body></html>"""

TERMS = """<!DOCTYPE html>
<html lang="en"><head><title>Terms of Service | Thistledown</title></head><body>
<header><nav><a href="/">Home</a></nav></header>
<main>
<h1>Terms of Service</h1>
<p>These terms apply when you use Thistledown. Please read them carefully before you open an account.</p>
<h2>Your content</h2>
<p>You grant us a worldwide, royalty-free, perpetual and irrevocable licence to use, copy, modify and
distribute your content. We may use your content to train our artificial intelligence and machine learning
models.</p>
<h2>Termination</h2>
<p>We may suspend or terminate your account at any time, for any reason, without notice and without liability
to you. You can delete your account and all your data at any time in the settings.</p>
<h2>Limitation of liability</h2>
<p>To the fullest extent permitted by law, we shall not be liable for any indirect, incidental or
consequential damages arising from your use of the service.</p>
<h2>Disputes</h2>
<p>You agree that any dispute shall be resolved by binding arbitration and you waive your right to a trial by
jury and to participate in a class action. These terms are governed by the laws of Ireland.</p>
</main></body></html>"""
"""Terms so plain that any classifier finds something worth marking in them."""

LOGIN = """<!DOCTYPE html><html lang="en"><title>Log in - Privacy Policy</title><main><h1>Log in</h1>
<p>Please log in to read this page.</p><label>E-mail <input></label></main></html>"""

FRENCH = """<!DOCTYPE html><html lang="fr"><title>Politique de confidentialité</title><main>
<h1>Politique de confidentialité</h1>
<h2>Données que nous collectons</h2>
<p>Nous collectons vos données personnelles lorsque vous créez un compte. Nous pouvons recevoir des
informations de tiers, conformément à la loi applicable et avec votre consentement préalable.</p>
<h2>Finalités du traitement</h2>
<p>Nous utilisons vos données pour exécuter le contrat et pour améliorer le service. Le responsable du
traitement peut transmettre vos données personnelles à des prestataires situés dans d'autres pays.</p>
<h2>Durée de conservation</h2>
<p>Nous conservons vos données pendant la durée de votre abonnement, puis pendant trois ans. Les cookies
déposés sur votre appareil ont une durée de vie de treize mois au maximum. Une fois ce délai écoulé, les
données sont effacées de nos systèmes ou rendues anonymes, sauf obligation légale contraire.</p>
<h2>Vos droits</h2>
<p>Vous disposez d'un droit d'accès, de rectification et d'effacement de vos données. Vous pouvez retirer
votre consentement à tout moment et adresser une réclamation à l'autorité de contrôle.</p>
</main></html>"""

FOUND: tuple[tuple[str, str, str, float, list[str]], ...] = (
    (TRAINING, "critical", "high", 0.97, ["private messages", "train", "machine-learning"]),
    (SELLING, "high", "medium", 0.81, ["sell", "advertising partners"]),
    (DELETION, "protective", "low", 0.55, []),
)


def canned(
    found: tuple[tuple[str, str, str, float, list[str]], ...] = FOUND, ordinary: str = "", **changes: Any
) -> Misbehaviour:
    """An answer with these automatic labels, as a server gives it that kept nothing.

    The clause `ordinary` is not worth marking.
    """
    answer = json.loads(ANSWER.read_text(encoding="utf-8"))
    model = answer["set"]["provisions"][0]
    provisions = []
    for number, (quote, severity, confidence, probability, words) in enumerate(found, 1):
        one = json.loads(json.dumps(model))
        one |= {
            "id": f"CL-A-{number:06}",
            "title": f"Clause {number}: {quote.split()[2]}",
            "severity": severity,
            "confidence": confidence,
            "quote": {"selector": {"type": "TextQuoteSelector", "exact": quote}},
            "automatic": {"probability": probability, "words": words, "highlight": quote != ordinary},
        }
        one["history"]["changes"][-1]["severity_to"] = severity
        provisions.append(one)
    answer["set"]["provisions"] = provisions
    answer |= changes
    return Misbehaviour("/v1/analyses", body=json.dumps(answer).encode())


def refusal(status: int, slug: str, detail: str, reason: str | None = None) -> Misbehaviour:
    """A problem as the server words it."""
    problem = {
        "type": f"/problems/{slug}",
        "title": "Refused",
        "status": status,
        "detail": detail,
        "reason": reason,
        "errors": [],
    }
    return Misbehaviour(
        "/v1/analyses", status, "application/problem+json; charset=utf-8", json.dumps(problem).encode()
    )
