"""What does a decay say, in words?"""

from __future__ import annotations

from ligandkb.missing import Known, NotApplicable
from ligandkb.reports.document import Document
from ligandkb.reports.surface import answer, number, why_unknown
from ligandkb.surface.goodness import probability, runs_verdict
from ligandkb.surface.lifetimes import ASK_FOR_PLQY, LifetimeFit
from ligandkb.surface.model_choice import DecayModel, ModelChoice
from ligandkb.surface.passivation import PassivationEvidence, Rates
from ligandkb.surface.uncertainty import Interval


def lifetime_answer(
    fit: LifetimeFit,
    source: str,
    *,
    rates: Known[Rates] | None = None,
    evidence: Known[PassivationEvidence] | None = None,
) -> Document:
    """A decay: one exponential or a distribution, and what the PLQY adds."""
    rejected = ", rejected" if fit.rejected else ""
    facts = [
        ("verdict", fit.verdict),
        ("lifetime of one exponential", f"{fit.lifetime_ns} ns{rejected}"),
        ("stretch exponent", f"{fit.stretch_exponent}"),
        ("fitted", f"{fit.window_ns[0]:g} to {fit.window_ns[1]:g} ns, {fit.decades:.2g} decades"),
        ("background", f"{fit.background_counts:.3g} counts a bin"),
        ("goodness over these decades", _goodness(fit)),
        ("shape of the model", runs_verdict(fit.runs_p)),
        *_response_facts(fit),
        *_model_facts(fit.models),
    ]
    notes = fit.notes
    if isinstance(rates, Rates):
        facts.append(("radiative rate", f"{number(rates.radiative_per_ns, '.3g')} /ns"))
        facts.append(("nonradiative rate", f"{number(rates.nonradiative_per_ns, '.3g')} /ns"))
        if not rates.radiative_per_ns.sigma:
            notes = (
                *notes,
                "The rates carry no ±: the PLQY was given without its error, and that of the lifetime alone would "
                "pass for the whole of it. Give it like 0.90±0.03.",
            )
    elif rates is not None:
        facts.append(("rates", why_unknown(rates)))
    if evidence is None:
        facts.append(("passivation", "not asked: give --plqy, --lifetime-before and --plqy-before"))
    elif isinstance(evidence, PassivationEvidence):
        facts.append(("passivation", evidence.meaning))
        if evidence.verdict != "unknown":  # both PLQY were given, as this note asks
            notes = tuple(note for note in notes if note != ASK_FOR_PLQY)
    else:
        facts.append(("passivation", why_unknown(evidence)))
    asked = {"fit": fit, "rates": rates, "passivation": evidence}
    results = {name: one for name, one in asked.items() if one is not None}
    return answer(f"Lifetime of the decay in {source}", facts, notes=notes, results=(results,))


def _model_facts(models: ModelChoice) -> list[tuple[str, str]]:
    """The model that describes a decay and what it says; each of them where none does."""
    window = f"{models.window_ns[0]:g} to {models.window_ns[1]:g} ns"
    by = "" if isinstance(models.lead, NotApplicable) else f", by BIC {models.lead:.3g} ahead of the next"
    facts = [("all of the decay", f"{models.chosen}{by}; fitted {window}")]
    best = models.best
    for model in models.all if isinstance(best, NotApplicable) else (best,):
        facts.append((model.name, _parts(model)))
        if model is not models.one:
            facts.append(("mean lifetime by amplitude", f"{model.amplitude_mean_ns} ns"))
            facts.append(("mean lifetime by intensity", f"{model.intensity_mean_ns} ns"))
        facts.append((f"goodness of {model.name}", _goodness(model)))
    others = [model for model in models.all if model is not best]
    if isinstance(best, DecayModel):
        facts.append(("the others", "; ".join(_behind(model, best) for model in others)))
    return facts


def _parts(model: DecayModel) -> str:
    if isinstance(model.stretch_exponent, Interval):
        return f"τ {model.lifetimes_ns[0]} ns, β {model.stretch_exponent}"
    if len(model.lifetimes_ns) == 1:
        return f"{model.lifetimes_ns[0]} ns"
    parts = zip(model.lifetimes_ns, model.amplitude_shares, strict=True)
    return ", ".join(f"{100 * share:.3g} % of the amplitude with {lifetime} ns" for lifetime, share in parts)


def _behind(model: DecayModel, best: DecayModel) -> str:
    means = f"{model.amplitude_mean_ns.value:.4g} and {model.intensity_mean_ns.value:.4g} ns"
    why = (
        f"rejected, {probability(model.goodness_p)}" if model.rejected else f"BIC {model.bic - best.bic:+.3g}"
    )
    return f"{model.name}: {why}, means {means}"


def _response_facts(fit: LifetimeFit) -> list[tuple[str, str]]:
    if fit.response is None:
        return [("instrument's response", "not given: fitted from the peak on")]
    wide = f"{fit.response.width_ns:.3g} ns wide, {fit.response.counts:,.0f} counts"
    background = f"{fit.response.background_counts:.3g} counts of background a bin taken off"
    return [
        (
            "instrument's response",
            f"{wide}, {background}; the decay comes {fit.models.nearest.shift_ns} ns later",
        )
    ]


def _goodness(fit: LifetimeFit | DecayModel) -> str:
    freedom = f"{fit.degrees_of_freedom} degrees of freedom"
    return f"deviance {fit.deviance:.4g} on {freedom}, {probability(fit.goodness_p)}"
