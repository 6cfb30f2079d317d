# The service in a container. It brings in nothing but what the lock files name, and runs as nobody in particular.
#
#   docker build --tag prioritise .
#   docker run --publish 8000:8000 --volume prioritise:/data --env-file service.env prioritise
#
# Beyond this machine the service listens only where tokens are configured: see docs/running-it.md.
FROM python:3.13-slim-bookworm AS build
# durable-rules is only published as source, so a compiler is needed here, and not in what runs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements-run.lock requirements-build.lock ./
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# Python 3.13 has dropped PyEval_CallObject, which took the same arguments as PyObject_CallObject.
RUN python -m venv /opt/prioritise \
    && /opt/prioritise/bin/pip install --no-deps --require-hashes --requirement requirements-build.lock \
    && CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject /opt/prioritise/bin/pip install --no-deps \
        --no-build-isolation --no-binary durable-rules --require-hashes --requirement requirements-run.lock
COPY LICENSE README.md pyproject.toml ./
COPY frameworks frameworks
COPY schemas schemas
COPY rules rules
COPY engine engine
COPY reports reports
COPY api api
RUN /opt/prioritise/bin/pip install --no-deps --no-build-isolation . \
    && /opt/prioritise/bin/pip check \
    && /opt/prioritise/bin/prioritise check

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data prioritise \
    && install --directory --owner prioritise /data
COPY --from=build /opt/prioritise /opt/prioritise
ENV PATH=/opt/prioritise/bin:$PATH \
    PRIORITISE_STORE=/data/ledger.sqlite3 \
    PRIORITISE_HOST=0.0.0.0 \
    PRIORITISE_LOG_FORMAT=json
USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["prioritise"]
CMD ["serve"]
