// A run that goes on is looked at again until it has ended.
if (document.getElementById("main").dataset.running) setTimeout(() => location.reload(), 1500);
