'use strict';

const $ = (id) => document.getElementById(id);
const KEY = 'wan-streams-key';
const RECENT = 12;
const AGAIN_MS = 1000;
let models = [];
let stopFollowing = () => {};
let objectUrls = [];

// ---- the API

function headers(more = {}) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, authorization: `Bearer ${key}` } : more;
}

async function call(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: headers(options.headers) });
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 401 || answer.status === 403) {
    $('key-field').hidden = false;
  }
  const body = await answer.json().catch(() => ({}));
  const error = new Error(body.error?.message ?? `The gateway answers with status ${answer.status}.`);
  error.status = answer.status;
  error.param = body.error?.param;
  throw error;
}

const json = async (path, options) => (await call(path, options)).json();

/** Where a file can be shown from. With a key it is fetched first: elements of a page cannot send one. */
async function source(id, variant) {
  const path = `/v1/videos/${id}/content?variant=${variant}`;
  if (!sessionStorage.getItem(KEY)) {
    return path;
  }
  const url = URL.createObjectURL(await (await call(path)).blob());
  objectUrls.push(url);
  return url;
}

/** Server-sent events by fetch, which unlike EventSource can send a key. Comes again with Last-Event-ID until the end. */
async function follow(id, onEvent, isStopped) {
  let last = '';
  while (!isStopped()) {
    try {
      const answer = await call(`/v1/videos/${id}/events`, { headers: last ? { 'last-event-id': last } : {} });
      if (answer.status === 204) {
        return;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (isStopped()) {
          await reader.cancel();
          return;
        }
        text += part.value;
        const events = text.split('\n\n');
        text = events.pop();
        for (const event of events.map(parse)) {
          last = event.id || last;
          if (event.data) {
            onEvent(event.event, JSON.parse(event.data));
          }
          if (event.event === 'video.completed' || event.event === 'video.failed') {
            return;
          }
        }
      }
    } catch (error) {
      if (error.status === 404) {
        return;
      }
    }
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
}

function parse(event) {
  const fields = {};
  for (const line of event.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).replace(/^ /, '');
      fields[name] = name === 'data' && fields.data ? `${fields.data}\n${value}` : value;
    }
  }
  return fields;
}

// ---- the form

async function loadModels() {
  models = (await json('/v1/models')).data;
  $('model').replaceChildren(...models.map((model) => new Option(model.id, model.id)));
  const { $defs } = await json('/v1/schemas/job.submitted.v1');
  const fields = $defs.PromptSpec.properties;
  for (const id of ['lighting', 'color_tone', 'composition']) {
    $(id).append(...fields[id].enum.map((value) => new Option(value.replaceAll('-', ' '), value)));
  }
  showModel();
}

function showModel() {
  const model = models.find((one) => one.id === $('model').value);
  if (!model) {
    return;
  }
  const { defaults } = model;
  const sizes = [...new Set([defaults.size, ...model.sizes])];
  $('size').replaceChildren(...sizes.map((size) => new Option(size.replace('x', ' × '), size)));
  $('num_frames').placeholder = defaults.num_frames;
  $('num_inference_steps').placeholder = defaults.num_inference_steps;
  $('guidance_scale').placeholder = defaults.guidance_scale;
  $('negative_prompt').placeholder = defaults.negative_prompt || 'none';
  $('image-field').hidden = (model.image ?? 'refused') === 'refused';
  $('image').required = model.image === 'required';
}

async function submit(event) {
  event.preventDefault();
  $('trouble').textContent = '';
  $('submit').disabled = true;
  try {
    if ($('key').value) {
      sessionStorage.setItem(KEY, $('key').value);
    }
    const body = new FormData();
    for (const [name, value] of new FormData($('request'))) {
      if (value instanceof File ? value.size > 0 && !$('image-field').hidden : value !== '') {
        body.append(name, value);
      }
    }
    const video = await json('/v1/videos', { method: 'POST', body });
    open(video.id);
    await showRecent();
  } catch (error) {
    $('trouble').textContent = error.message;
    const field = error.param && $(error.param);
    if (field) {
      field.focus();
    }
  } finally {
    $('submit').disabled = false;
  }
}

// ---- the job

const words = (stage) => stage.replaceAll('_', ' ');
const isOver = (video) => video.status === 'completed' || video.status === 'failed';

function route(video) {
  const model = models.find((one) => one.id === video.model);
  const done = video.stages.map((stage) => stage.stage);
  const planned = model?.two_experts === false
    ? ['prompt', 'encode', 'denoise', 'decode']
    : ['prompt', 'encode', 'denoise_high', 'denoise_low', 'decode'];
  return [...new Set([...planned, ...done])];
}

function show(video) {
  $('empty').hidden = true;
  $('job').hidden = false;
  $('title').textContent = video.prompt ?? video.id;
  $('progress').value = video.progress;
  $('status').textContent = status(video);
  const done = new Set(video.stages.map((stage) => stage.stage));
  $('stages').replaceChildren(...route(video).map((stage) => {
    const item = document.createElement('li');
    item.textContent = words(stage);
    item.className = done.has(stage) ? 'done' : stage === video.stage && !isOver(video) ? 'now' : '';
    if (item.className === 'now') {
      item.setAttribute('aria-current', 'step');
    }
    return item;
  }));
  $('cancel').hidden = isOver(video);
  showFacts(video);
}

function status(video) {
  if (video.status === 'failed') {
    return video.error?.message ?? 'The job failed.';
  }
  const step = video.stage_progress;
  const steps = step?.of && !isOver(video) ? `, step ${step.step} of ${step.of}` : '';
  const where = isOver(video) ? 'completed' : `${video.status.replace('_', ' ')}: ${words(video.stage)}`;
  return `${video.progress} % – ${where}${steps}`;
}

function showFacts(video) {
  const params = video.effective_params;
  const facts = {
    Model: video.model, Size: video.size, Frames: `${params.num_frames} at ${params.fps}/s`, Steps: params.num_inference_steps,
    Seed: params.seed, Guidance: params.guidance_scale, Notes: video.warnings.join(' '),
  };
  $('facts').replaceChildren(...Object.entries(facts).filter(([, value]) => value !== '').flatMap(([name, value]) => {
    const term = document.createElement('dt');
    const detail = document.createElement('dd');
    term.textContent = name;
    detail.textContent = value;
    return [term, detail];
  }));
}

/** Only pictures that the gateway made: the policy of the page lets data URLs show, and nothing else. */
function showPreview({ image, step, of }) {
  $('empty').hidden = true;
  $('preview').hidden = false;
  $('preview').src = image;
  $('preview').alt = `What the video will show, after step ${step} of ${of}`;
}

async function showVideo(video) {
  $('preview').hidden = true;
  const url = await source(video.id, 'video');
  $('video').hidden = false;
  $('video').src = url;
  $('download').href = url;
  $('download').download = `${video.id}.mp4`;
  $('download').hidden = false;
}

function clear() {
  stopFollowing();
  objectUrls.forEach((url) => URL.revokeObjectURL(url));
  objectUrls = [];
  $('video').removeAttribute('src');
  $('video').hidden = true;
  $('preview').removeAttribute('src');
  $('preview').hidden = true;
  $('download').hidden = true;
  $('job').hidden = true;
  $('empty').hidden = false;
}

/** The id stands in the address: a reload, or a link, shows the same job. */
function open(id) {
  if (location.hash === `#${id}`) {
    watch(id);
  } else {
    location.hash = id;
  }
}

async function watch(id) {
  clear();
  let stopped = false;
  stopFollowing = () => { stopped = true; };
  try {
    const video = await json(`/v1/videos/${encodeURIComponent(id)}`);
    show(video);
    $('cancel').onclick = () => cancel(video.id);
    const onEvent = async (name, data) => {
      if (stopped) {
        return;
      }
      if (name === 'video.preview') {
        showPreview(data);
        return;
      }
      show(data);
      if (name === 'video.completed') {
        await showVideo(data);
      }
      if (isOver(data)) {
        await showRecent();
      }
    };
    if (isOver(video)) {
      await onEvent(`video.${video.status}`, video);
    } else {
      await follow(video.id, onEvent, () => stopped);
    }
  } catch (error) {
    $('trouble').textContent = error.message;
  }
}

async function cancel(id) {
  $('cancel').disabled = true;
  try {
    await call(`/v1/videos/${id}/cancel`, { method: 'POST' });
  } catch (error) {
    $('trouble').textContent = error.message;
  } finally {
    $('cancel').disabled = false;
  }
}

async function showRecent() {
  const videos = (await json(`/v1/videos?limit=${RECENT}`)).data;
  const items = await Promise.all(videos.map(async (video) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#${video.id}`;
    if (location.hash === link.hash) {
      link.setAttribute('aria-current', 'true');
    }
    const picture = document.createElement('img');
    picture.alt = '';
    picture.loading = 'lazy';
    if (video.status === 'completed') {
      picture.src = await source(video.id, 'thumbnail').catch(() => 'icon.svg');
    }
    const prompt = document.createElement('span');
    prompt.textContent = video.prompt ?? video.id;
    const state = document.createElement('span');
    state.className = 'state';
    state.textContent = video.status.replace('_', ' ');
    link.append(picture, prompt, state);
    item.append(link);
    return item;
  }));
  $('jobs').replaceChildren(...items);
}

// ---- begin

async function begin() {
  try {
    await loadModels();
    await showRecent();
  } catch (error) {
    $('trouble').textContent = error.message;
  }
  if (location.hash.length > 1) {
    await watch(location.hash.slice(1));
  }
}

$('request').addEventListener('submit', submit);
$('model').addEventListener('change', showModel);
$('key').addEventListener('change', () => {
  sessionStorage.setItem(KEY, $('key').value);
  begin();
});
window.addEventListener('hashchange', () => (location.hash.length > 1 ? watch(location.hash.slice(1)) : clear()));
begin();
