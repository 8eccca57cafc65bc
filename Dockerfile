# The front end, from npm's lock.
FROM node:22-slim AS front
WORKDIR /front
COPY package.json package-lock.json .npmrc ./
RUN npm ci

# The wheel with templates, static files and scripts inside, and what it needs, by hash.
FROM python:3.13-slim AS build
# `--build-arg REQUIREMENTS=otel`: with traces.
ARG REQUIREMENTS=run
WORKDIR /build
COPY requirements requirements
RUN python -m venv /opt/morgen \
    && /opt/morgen/bin/pip install --no-cache-dir --require-hashes -r requirements/${REQUIREMENTS}.txt
COPY . .
COPY --from=front /front/node_modules node_modules
RUN python -c "from app.house import vendor; vendor.copy()" \
    && pip install --no-cache-dir hatchling==1.33.0 \
    && pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/morgen/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-dejavu-core fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home /data morgen && mkdir /data && chown morgen /data
COPY --from=build /opt/morgen /opt/morgen
ENV PATH=/opt/morgen/bin:$PATH MORGEN_DATA=/data MORGEN_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER morgen
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/live', timeout=4)"]
CMD ["morgen", "serve"]
