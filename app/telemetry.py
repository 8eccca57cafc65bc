"""Traces for OpenTelemetry, by what FastAPI has built in: where MORGEN_OTLP is set, with the extra `otel`. Else none.

Addresses here hold codes and signed links, so a span tells its route only, such as `GET /a/{token}`. No log and no text
of a fault leaves this way; what is counted and timed stands at `/metrics`.
"""

from typing import TYPE_CHECKING, Any

from fastapi.telemetry import TelemetryConfig

from app.failed import Failed
from app.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

PATIENCE = 2
"""Seconds for the collector: a server that stops does not wait longer for it."""
NOT_TRACED = ("/healthz/", "/metrics", "/static/", "/bundles/")
HIDDEN = {"url.path": "…", "url.query": "…"}


def traces(settings: Settings) -> "TracerProvider | None":
    """Where spans go. Raises Failed where the SDK is not installed."""
    if not settings.otlp:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise Failed("MORGEN_OTLP needs the extra otel: pip install -r requirements/otel.txt") from error

    class Scrubbing(SpanProcessor):
        def on_start(self, span: Span, parent_context: Any = None) -> None:
            for name, hidden in HIDDEN.items():
                if span.attributes and name in span.attributes:
                    span.set_attribute(name, hidden)

    made = TracerProvider(resource=Resource.create({"service.name": "morgen"}), shutdown_on_exit=False)
    made.add_span_processor(Scrubbing())
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{settings.otlp}/v1/traces", timeout=PATIENCE)))
    return made


def config(provider: "TracerProvider | None") -> TelemetryConfig:
    """Switched off it is not even looked up at every request."""
    return {
        "tracing": provider is not None,
        "tracer_provider": provider,
        "metrics": False,
        "logs": False,  # they quote what people typed
        "operation_spans": False,
        "auto_configure": False,
        "exclude": lambda scope: scope["path"].startswith(NOT_TRACED),
    }
