# Werkzorg as an image: worker, API and command line are the same image with another command.
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir uv==0.13.9 \
    && useradd --create-home --uid 10001 werkzorg \
    && install -d -o werkzorg -g werkzorg /app /var/lib/werkzorg

WORKDIR /app
USER werkzorg
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WERKZORG_HOME=/var/lib/werkzorg

COPY --chown=werkzorg pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-cache --compile-bytecode

COPY --chown=werkzorg *.py alembic.ini werkzorg ./
COPY --chown=werkzorg activities ./activities
COPY --chown=werkzorg data ./data
COPY --chown=werkzorg desk ./desk
COPY --chown=werkzorg engine ./engine
COPY --chown=werkzorg migrations ./migrations
COPY --chown=werkzorg models ./models
COPY --chown=werkzorg player ./player
COPY --chown=werkzorg rules ./rules
COPY --chown=werkzorg templates ./templates
COPY --chown=werkzorg workflows ./workflows
# Each run of a workflow imports its modules anew: compiled here, once.
RUN .venv/bin/python -m compileall -q -x '/\.venv/' .

VOLUME /var/lib/werkzorg
ENTRYPOINT ["/app/werkzorg"]
CMD ["worker"]
