import collections, time, importlib.util, sys
spec=importlib.util.spec_from_file_location("tnc","/tmp/test_nc_noshrink.py"); m=importlib.util.module_from_spec(spec); sys.modules["tnc"]=m; spec.loader.exec_module(m)
from hypothesis import given, settings, Phase
C=collections.Counter(); T=[]; U=[]
@settings(max_examples=1500, phases=[Phase.generate])
@given(m.asked())
def test_stats(q):
    d=q.decided()
    C[str(d.outcome)]+=1
    if d.outcome=='ineligible':
        d.texts.criteria
        t=time.perf_counter(); n=d.nearest_changes; t=time.perf_counter()-t; T.append(t)
        C['way' if n else d.no_change.reason]+=1
        if n: C['size',len(n[0].changes)]+=1; C['alts',len(n)]+=1
        if not n and d.no_change.reason=='not_found':
            C['able',len(q.able)]+=1
def test_show():
    print(C); T.sort(); print('p50',T[len(T)//2]*1e3,'p95',T[int(len(T)*.95)]*1e3,'max',T[-1]*1e3)
